# of somebody whose data were erased
gone-erased = Personal data erased on { $day }; only a keyed hash remains.
gone-with-import = Personal data erased on { $day } when the import was taken back; only the consent ledger remains.
gone-rights = There is nobody left to write to. The consent ledger is kept as proof.
gone-proof = Look at the consent ledger
