"""What a customer's orders come to: one row a customer and currency, kept by triggers.

Whoever writes an order, in whatever way, need not know of it. PostgreSQL adds a statement's new
orders at once, and works out all customers of a change or removal together; SQLite, which knows row triggers only, takes a row off and adds it again.

Revision ID: 0190
Revises: 0180
"""

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0180"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FACTS = "first_on, last_on, orders, days, amount"

# one row a customer and currency of the orders that {which} lets through
AGGREGATE = (
    f"INSERT INTO order_statistics (contact_id, currency, {FACTS}) "
    "SELECT contact_id, currency, min(ordered_on), max(ordered_on), count(*), count(DISTINCT ordered_on), "
    "CAST(sum(amount) AS bigint) FROM customer_order WHERE {which} GROUP BY contact_id, currency"
)

# two transactions may write orders of one customer at once: the second waits for the first at the customer's
# row, and the statements behind that see what the first wrote
POSTGRES_KEEP = f"""
CREATE FUNCTION keep_order_statistics() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT contact_id) INTO touched FROM gone;
    ELSE
        SELECT array_agg(DISTINCT contact_id) INTO touched FROM (
            (SELECT id, contact_id, currency, ordered_on, amount FROM fresh
             EXCEPT SELECT id, contact_id, currency, ordered_on, amount FROM gone)
            UNION ALL
            (SELECT id, contact_id, currency, ordered_on, amount FROM gone
             EXCEPT SELECT id, contact_id, currency, ordered_on, amount FROM fresh)
        ) AS changed;
    END IF;
    IF touched IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM contact WHERE id IN (SELECT unnest(touched)) ORDER BY id FOR NO KEY UPDATE;
    DELETE FROM order_statistics AS kept
    WHERE contact_id IN (SELECT unnest(touched)) AND NOT EXISTS (
        SELECT 1 FROM customer_order AS o
        WHERE o.contact_id = kept.contact_id AND o.currency = kept.currency
    );
    {AGGREGATE.format(which="contact_id IN (SELECT unnest(touched))")}
    ON CONFLICT (contact_id, currency) DO UPDATE SET
        first_on = excluded.first_on, last_on = excluded.last_on, orders = excluded.orders,
        days = excluded.days, amount = excluded.amount;
    RETURN NULL;
END $$
"""
# what is new is added to what is there, or one customer with a hundred thousand orders would be added up anew
# with each of them; a day is new to a customer when all orders of that day are
POSTGRES_ADD = f"""
CREATE FUNCTION add_order_statistics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM contact WHERE id IN (SELECT contact_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO order_statistics AS kept (contact_id, currency, {FACTS})
    SELECT contact_id, currency, min(ordered_on), max(ordered_on), CAST(sum(n) AS bigint),
        count(*) FILTER (WHERE n = (
            SELECT count(*) FROM customer_order AS o WHERE o.contact_id = added.contact_id
            AND o.currency = added.currency AND o.ordered_on = added.ordered_on
        )),
        CAST(sum(amount) AS bigint)
    FROM (
        SELECT contact_id, currency, ordered_on, count(*) AS n, sum(amount) AS amount
        FROM fresh GROUP BY contact_id, currency, ordered_on
    ) AS added
    GROUP BY contact_id, currency
    ON CONFLICT (contact_id, currency) DO UPDATE SET
        first_on = least(kept.first_on, excluded.first_on), last_on = greatest(kept.last_on, excluded.last_on),
        orders = kept.orders + excluded.orders, days = kept.days + excluded.days,
        amount = kept.amount + excluded.amount;
    RETURN NULL;
END $$
"""
POSTGRES_EVENTS = {
    "INSERT": ("NEW TABLE AS fresh", "add_order_statistics"),
    "UPDATE": ("OLD TABLE AS gone NEW TABLE AS fresh", "keep_order_statistics"),
    "DELETE": ("OLD TABLE AS gone", "keep_order_statistics"),
}

# the other orders of a customer in that currency; the index finds a day, the first and the last at once
OTHERS = "FROM customer_order WHERE contact_id = {row}.contact_id AND currency = {row}.currency AND id <> {row}.id"
ALONE_THAT_DAY = f"NOT EXISTS (SELECT 1 {OTHERS} AND ordered_on = {{row}}.ordered_on)"
KEPT = "WHERE contact_id = OLD.contact_id AND currency = OLD.currency"
SQLITE_ADD = (
    f"INSERT INTO order_statistics (contact_id, currency, {FACTS}) "
    "VALUES (NEW.contact_id, NEW.currency, NEW.ordered_on, NEW.ordered_on, 1, 1, NEW.amount) "
    "ON CONFLICT (contact_id, currency) DO UPDATE SET "
    "first_on = min(first_on, excluded.first_on), last_on = max(last_on, excluded.last_on), "
    f"orders = orders + 1, days = days + ({ALONE_THAT_DAY.format(row='NEW')}), "
    "amount = amount + excluded.amount; "
)
SQLITE_TAKE_OFF = (
    f"DELETE FROM order_statistics {KEPT} AND orders = 1; "
    f"UPDATE order_statistics SET orders = orders - 1, amount = amount - OLD.amount, "
    f"days = days - ({ALONE_THAT_DAY.format(row='OLD')}), "
    f"first_on = (SELECT min(ordered_on) {OTHERS.format(row='OLD')}), "
    f"last_on = (SELECT max(ordered_on) {OTHERS.format(row='OLD')}) {KEPT}; "
)
SQLITE_EVENTS = {
    "INSERT": SQLITE_ADD,
    "UPDATE OF contact_id, currency, ordered_on, amount": SQLITE_TAKE_OFF + SQLITE_ADD,
    "DELETE": SQLITE_TAKE_OFF,
}


# organisations are few, and "contact person of an organisation that ..." asks for them
ORGANISATIONS = sa.text("kind = 'organisation'")


def upgrade() -> None:
    op.create_index(
        "ix_contact_organisations", "contact", ["id"],
        postgresql_where=ORGANISATIONS, sqlite_where=ORGANISATIONS,
    )  # fmt: skip
    # it begins with the customer, so it does all that the index of customers alone did
    op.create_index("ix_customer_order_customer_day", "customer_order", ["contact_id", "currency", "ordered_on"])
    op.drop_index("ix_customer_order_contact_id", table_name="customer_order")
    op.create_table(
        "order_statistics",
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("orders", BIG, nullable=False),
        sa.Column("days", BIG, nullable=False),
        sa.Column("amount", BIG, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_order_statistics_contact_id_contact"),
        sa.PrimaryKeyConstraint("contact_id", "currency", name="pk_order_statistics"),
    )
    op.execute(AGGREGATE.format(which="true"))
    for name, columns in (("last", ["last_on"]), ("days", ["days", "last_on"]), ("amount", ["amount", "last_on"])):
        op.create_index(f"ix_order_statistics_{name}", "order_statistics", ["currency", *columns])
    if op.get_bind().dialect.name == "sqlite":
        for event, act in SQLITE_EVENTS.items():
            op.execute(f"CREATE TRIGGER {_name(event)} AFTER {event} ON customer_order BEGIN {act} END")
        return
    op.execute(POSTGRES_ADD)
    op.execute(POSTGRES_KEEP)
    for event, (tables, function) in POSTGRES_EVENTS.items():
        op.execute(
            f"CREATE TRIGGER {_name(event)} AFTER {event} ON customer_order REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )


def _name(event: str) -> str:
    return f"order_statistics_{event.split()[0].lower()}"


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for event in SQLITE_EVENTS:
        op.execute(f"DROP TRIGGER {_name(event)}" + ("" if sqlite else " ON customer_order"))
    if not sqlite:
        op.execute("DROP FUNCTION keep_order_statistics()")
        op.execute("DROP FUNCTION add_order_statistics()")
    op.drop_table("order_statistics")
    op.drop_index("ix_contact_organisations", table_name="contact")
    op.create_index("ix_customer_order_contact_id", "customer_order", ["contact_id"])
    op.drop_index("ix_customer_order_customer_day", table_name="customer_order")
