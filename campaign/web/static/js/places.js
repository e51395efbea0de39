// Where a finding stands in a field: "line:column" in code points, counted from 1, as the linter counts.

// the fields of a block in the order in which the linter reads them, one line each; one field, many lines
export function fieldsOf(block) {
  const part = document.getElementById(`part-${block}`);
  if (!part) return [];
  return [...part.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox])")];
}

// the field and the offsets (in UTF-16 units, as fields count) of a place; null when it stands in none
export function find(block, from, to) {
  const fields = fieldsOf(block);
  const [line, column] = from.split(":").map(Number);
  const [endLine, endColumn] = to.split(":").map(Number);
  if (fields.length > 1) {
    const field = fields.filter((one) => one.value.trim())[line - 1];
    return field ? { field, ...within(field, [1, column], [1, line === endLine ? endColumn : Infinity]) } : null;
  }
  const field = fields[0];
  return field ? { field, ...within(field, [line, column], [endLine, endColumn]) } : null;
}

function within(field, start, end) {
  const text = field.value;
  // what is stored of a single line has no blanks before it
  const skipped = field.rows === 1 || field.tagName === "INPUT" ? text.length - text.trimStart().length : 0;
  return { start: skipped + offset(text.slice(skipped), ...start), end: skipped + offset(text.slice(skipped), ...end) };
}

function offset(text, line, column) {
  let position = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const next = text.indexOf("\n", position);
    if (next < 0) return text.length;
    position = next + 1;
  }
  const stop = text.indexOf("\n", position);
  const characters = Array.from(text.slice(position, stop < 0 ? text.length : stop));
  return position + characters.slice(0, column - 1).join("").length;
}
