"""What is said about data: D1xx. The file, its columns (D12x), values (D13x), rows (D14x, D15x), records (D16x),
history (D18x). `file` is a path as the reader gave it; no personal value is ever an argument.
"""

from stratagem.dsl.diagnostics.text import Text

TEXTS = {
    "D101": Text(
        "error",
        "There is no file for the source `{source}`",
        "`{file}` was looked for at {looked}.",
        "Put the file there, name its folder with --data, or say where it is: --source {source}=PATH",
    ),
    "D102": Text("error", "The file of `{source}` is empty", "`{file}` holds nothing, not even headers."),
    "D103": Text(
        "error",
        "The file of `{source}` is not in UTF-8",
        "`{file}` holds letters that UTF-8 does not know{where}; it looks like {encoding}.",
        'Save it again as UTF-8: in a spreadsheet, "CSV UTF-8" in the list of file types.',
    ),
    "D104": Text(
        "error",
        "The file of `{source}` is not a text file",
        "`{file}` holds bytes that no text has. It may be a spreadsheet or a packed file under another name.",
        "Export it as CSV, or name it by what it is.",
    ),
    "D105": Text(
        "error",
        "The file of `{source}` is cut short",
        "`{file}` ends before its end: a copy or a download has stopped half-way.",
        "Fetch it again.",
    ),
    "D106": Text(
        "error",
        "A quotation mark stays open in the file of `{source}`",
        "In `{file}` the mark opened at row {row}, line {line}, is never closed, so the rest of the file is one cell.",
        'Close it, or write a mark inside a cell twice: "a ""good"" cup".',
    ),
    "D107": Text(
        "error",
        "The headers of `{source}` cannot be told apart",
        "Where the cells of the first row of `{file}` end can be read in more than one way: the line ends may be of an "
        "old form, or a quotation mark may stand inside a header.",
        "Save the file as CSV again; its first row must hold one header for each column.",
    ),
    "D108": Text(
        "error",
        "A quotation mark stands inside a cell of `{source}`",
        "In `{file}`{where} a mark stands in a cell that is not in quotation marks, or text follows a closed one.",
        'Put the whole cell in marks and write the inner one twice: "5"" pipe".',
    ),
    "D109": Text(
        "error",
        "A row of `{source}` has more cells than there are headers",
        "In `{file}`{where} there are {cells} cells, and {width} headers.",
        "A cell that holds a comma is put in quotation marks.",
    ),
    "D110": Text(
        "error",
        "A line of `{source}` is no JSON object",
        'In `{file}` line {row} cannot be read as an object such as {{"id": 1}}.',
        "JSON lines hold one whole object on each line.",
    ),
    "D111": Text(
        "error",
        "The file of `{source}` is not a Parquet file",
        "`{file}` does not begin as Parquet files do.",
        "Name it by what it is.",
    ),
    "D112": Text("error", "The file of `{source}` cannot be read", "`{file}` is damaged, or no table of its kind."),
    "D113": Text(
        "error",
        "Nobody reads the file of `{source}`",
        "`{file}` has none of the endings that are read: {endings}",
        "Name it by what it is, or install a reader for it; a spreadsheet is saved as CSV UTF-8.",
    ),
    "D114": Text(
        "error",
        "The file of `{source}` is packed twice",
        "`{file}` is compressed inside already.",
        "Unpack it once, and take the last ending off its name.",
    ),
    "D115": Text(
        "error",
        "Several files could be the one of `{source}`",
        "`{file}` is not there, but these are: {found}",
        "Say which is meant: --source {source}=PATH",
    ),
    "D116": Text(
        "error",
        "`{source}` names a file outside the strategy's folder",
        "A strategy names files beside it or below: `{file}` leads elsewhere.",
        "Say where it is when you run the strategy: --data FOLDER, or --source {source}=PATH",
    ),
    "D118": Text(
        "error",
        "There is no source `{name}`",
        "Data was given for `{name}`; the strategy's sources are: {sources}",
    ),
    "D119": Text(
        "error",
        "The date format of `{source}.{field}` cannot be read",
        "`{format}` does not say a day, a month and a year once each in codes that are known.",
        "Codes: %d day, %m month, %b or %B its name, %Y or %y year, %H or %I hour, %p am or pm, %M, %S, %f, %z zone.",
    ),
    "D121": Text(
        "error",
        "`{source}` has no column `{header}`",
        "The field `{source}.{field}` is read from it, but `{file}` has no such header. {hint}",
        'Columns that no field declares: {columns}. If it is one of them, say so: field {field} … from "Header"',
    ),
    "D122": Text(
        "warning",
        "`{source}` has no column `{header}`",
        "`{file}` has no such header, so `{source}.{field}` is missing for everyone; nothing reads it. {hint}",
        "Columns that no field declares: {columns}.",
    ),
    "D123": Text(
        "error",
        "The column `{header}` of `{source}` stands twice",
        "`{file}` has two headers `{header}`; which one is meant cannot be known.",
        "Give one of them another name.",
    ),
    "D124": Text(
        "note",
        "`{source}` has columns that no field declares",
        "Not read from `{file}`: {columns}",
    ),
    "D125": Text("warning", "`{source}` has no rows", "`{file}` has headers, and nothing below them."),
    "D126": Text(
        "warning",
        "Fewer cells than headers: {count} of `{source}`",
        "What is not there counts as missing. The first of them stands in line {line} of `{file}`.",
        "Give every row all its separators, also where cells hold nothing, and put a cell that goes over several lines "
        "in quotation marks.",
    ),
    "D131": Text(
        "warning",
        "Not to be read as {kind}: {count} of `{source}.{field}`",
        "What cannot be read counts as missing; first seen at {rows}{examples}.",
        "{help}",
    ),
    "D132": Text(
        "error",
        "Money of another currency: {count} of `{source}.{field}`",
        "The strategy counts in {currency}; other money counts as missing. First seen at {rows}.",
        "Convert them in the file, or exclude the rows.",
    ),
    "D134": Text(
        "warning",
        "Not among its choices: {count} of `{source}.{field}`",
        "What is none of them counts as missing; first seen at {rows}{examples}. Choices: {options}.",
        "Add the choice to the field, write `missing as (…)` for what means nothing, or mend the file.",
    ),
    "D135": Text(
        "warning",
        "Too large to be added up: {count} of `{source}.{field}`",
        "From 100,000,000,000,000,000,000 on, either way, a figure has no part in sums and averages{where}.",
        "Correct it in the file, leave its row out (row excluded when …), or let it count as missing (missing as …).",
        shows=True,
    ),
    "D141": Text(
        "warning",
        "Belonging to nobody: {count} of `{source}`",
        "Without `{key}` a row is not read.",
    ),
    "D142": Text(
        "warning",
        "Duplicates: {count} of `{source}`",
        "Another row has the same `{key}`; {rule} counts.",
    ),
    "D143": Text(
        "warning",
        "Orphans: {count} of `{source}`",
        "Customers are those that `{lists}` lists; other rows change nothing.",
    ),
    "D144": Text(
        "warning",
        "Matching no customer: {count} of `{source}`",
        "No customer has the same {fields}.",
    ),
    "D145": Text(
        "warning",
        "Matching more than one customer: {count} of `{source}`",
        "Several customers have the same {fields}; such rows are joined to none of them.",
    ),
    "D146": Text(
        "note",
        "Stale: {count} of `{source}`",
        "What was said longer than {period} ago counts as missing.",
    ),
    "D147": Text("note", "Retired: {count} of `{source}`", "What is older than {period} is not read."),
    "D148": Text(
        "note",
        "Dated after the as-of moment: {count} of `{source}`",
        "What a customer will be then is not known on {as_of}.",
    ),
    "D149": Text(
        "warning",
        "Not found in `{lookup}`: {count} of `{source}`",
        "It has no such `{key}`, so what is looked up there is missing for them.",
    ),
    "D151": Text(
        "note",
        "Dated after the as-of moment: {count} of `{source}`",
        "On {as_of} they count under `in next P` only.",
    ),
    "D150": Text(
        "note",
        "{customers} customers may be fewer people than that",
        "They share {values} values of `{field}` between them. They are not merged.",
    ),
    "D153": Text(
        "error",
        "Look-ups go round in a circle from `{source}`",
        "Each of these sources is read by the row formulas of the next: {sources}",
    ),
    "D152": Text(
        "error",
        "The rows of `{source}` cannot be matched to customers",
        "It has no identity, and no field that customers are `matched on` and that another source knows.",
        "Declare the identity in it, or a field that `matched on` names in both.",
    ),
    "D161": Text(
        "warning",
        "`{name}` is not part of a customer here",
        "The strategy declares no such {what}, so it is not read.",
    ),
    "D162": Text("warning", "`{source}.{field}` cannot be read as {kind}", "It counts as missing{where}."),
    "D163": Text(
        "error",
        "The customer has no identity",
        "`{name}` is not given, and it is what identifies a customer.",
        "Give it, as text.",
    ),
    "D164": Text(
        "error",
        "`{name}` is not given in the form it must have",
        "{reason}",
    ),
    "D165": Text(
        "error",
        "`{field}` belongs to more than one source",
        "It may be any of: {candidates}",
        'Give it under its source: {{"{example}": {{"{field}": …}}}}',
    ),
    "D166": Text(
        "error",
        "There is no data for the source `{source}`",
        "Frames were given for: {given}",
        "Give a frame for each source; one without rows is enough.",
    ),
    "D167": Text("error", "There is no customer `{id}`", "No source knows this identity."),
    "D181": Text(
        "warning",
        "The last line of the history is torn",
        "`{file}` ends in the middle of line {line}; what was being written then was never confirmed, and is left out.",
    ),
    "D182": Text(
        "error",
        "The history is of another version",
        "`{file}` says version {found}; this program writes and reads version {known}.",
    ),
    "D183": Text(
        "error",
        "The history is damaged",
        "Line {line} of `{file}` cannot be read: {reason}",
        "Restore the file from a copy; a line that was confirmed is never changed afterwards.",
    ),
}
