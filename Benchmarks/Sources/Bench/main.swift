import Domain
import Filter
import Glibc

// `Bench links` measures links alone.
if CommandLine.arguments.dropFirst().first == "links" {
    LinksReport.run()
    exit(0)
}
// `Bench history` measures the history alone.
if CommandLine.arguments.dropFirst().first == "history" {
    HistoryReport.run()
    exit(0)
}
// `Bench team URL` measures the history of a team in a database that has its tables.
if CommandLine.arguments.dropFirst().first == "team", CommandLine.arguments.count == 3 {
    try TeamReport.run(CommandLine.arguments[2])
    exit(0)
}
// `Bench adapters` measures adapters alone.
if CommandLine.arguments.dropFirst().first == "adapters" {
    await AdaptersReport.run()
    exit(0)
}

let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
let now = Timestamp(1_800_000_100)
let context = FilterContext(now: now, backends: ["core"])
let vocabulary = FilterVocabulary([Ports.resource], backends: ["core"])

Report.memory("nothing")
let ports = Ports(count: count)
Report.memory("the texts of \(count) ports, made up")
let table = Report.time("build a table of 15 fields") { ports.table(0..<count) }
Report.memory("with one table")
Report.time("fold its texts", runs: 1) { ports.table(0..<count).folded.bytes.count }
_ = table.folded
Report.memory("with one table and its folded text")

let changed = ports.table(0..<count, round: 1)
let same = ports.table(0..<count)
Report.time("tell that nothing changed") { table.hasSameRows(as: same) }
Report.time("tell that a column changed") { table.hasSameRows(as: changed) }

let page = ports.table(0..<min(200, count), round: 2)
Report.time("merge a page of 200 rows") {
    var generation = Generation()
    return generation.merge(page, covering: .page, into: table)
}
let device = EntityRef(Ports.backend, .device, id: 0)
Report.time("merge the ports of one device") {
    var generation = Generation()
    return generation.merge(
        ports.table(0..<10, round: 3), covering: .owned(by: device, "device"), into: table)
}
Report.time("merge all of it in 50 pages, and finish", runs: 1) {
    var generation = Generation()
    var merged: Table? = table
    for number in 0..<50 {
        let rows = count * number / 50..<count * (number + 1) / 50
        merged = generation.merge(ports.table(rows, round: 4), covering: .page, into: merged)
    }
    return merged.map { generation.finish($0) }
}

func arrange(_ filter: String, _ order: [SortKey] = [], refining: Arrangement? = nil) -> Arrangement {
    let expression = FilterExpression.parse(filter, vocabulary).expression ?? .everything
    let request = Arrangement.Request(tables: [table], filter: expression, order: order, context: context)
    return Arrangement.make(request, refining: refining) ?? .empty
}
for filter in [
    "", "e", "core", "1", "gigabit", "circuit", "zrh1 customer 77", "!customer", "nothing there",
    "(core | peering)",
    "Gigabit", "alias:core", "device:mad1", "name=gigabitethernet0/0/3", "in_bps>10M", "is:down", "age<1h",
    "/gi.*0/(3|4).*/", "/circuit 9.*7$/", "/cust.*mad1.*core/", "/[0-9]+a:/", "alias:/^core.*7$/",
    "/Gigabit.*3/",
] {
    let found = Report.time("filter  \(filter)") { arrange(filter) }
    Report.line("", "", "\(found.count) rows")
}
for (title, order) in [
    ("alias, a text", [SortKey("alias")]), ("name, a text of few", [SortKey("name")]),
    ("mac, a text", [SortKey("mac")]),
    ("device, a name", [SortKey("device")]), ("in_bps, a number", [SortKey("in_bps", descending: true)]),
    ("oper, then alias", [SortKey("oper"), SortKey("alias")]),
    ("device, then in_bps", [SortKey("device"), SortKey("in_bps", descending: true)]),
] {
    Report.time("sort by \(title)") { arrange("", order) }
}
let sorted = arrange("", [SortKey("alias")])
let c = arrange("c", [SortKey("alias")])
Report.time("filter and sort  core") { arrange("core", [SortKey("alias")]) }
Report.time("the same, refining  c") { arrange("core", [SortKey("alias")], refining: c) }
Report.time("find 1,000 entities") {
    (0..<1000).reduce(0) { $0 + (sorted.position(of: table.refs[$1 * 97 % count]) ?? 0) }
}
let alerts = Alerts(count: count)
for (title, table) in [
    ("no row names a cause", alerts.table(causes: 0)), ("half follow from 100", alerts.table(causes: 100)),
] {
    for (words, unfolded) in [("as they are", nil), ("folded", [])] as [(String, Set<EntityRef>?)] {
        Report.time("sort alerts, \(title), \(words)") {
            let request = Arrangement.Request(
                tables: [table], order: [SortKey(.severity, descending: true), SortKey(.since)],
                unfolded: unfolded, context: context)
            return Arrangement.make(request) ?? .empty
        }
    }
}
for filter in ["core", "/c.re/"] {
    let highlighter = Highlighter(FilterExpression.parse(filter, vocabulary).expression ?? .everything)
    let texts = (0..<400).map { table.text($0, 1) }
    Report.time("highlight 400 cells  \(filter)") {
        texts.reduce(0) { $0 + highlighter.ranges(in: $1, of: "alias").count }
    }
}
Report.memory("at the end")
LinksReport.run()
HistoryReport.run()
await AdaptersReport.run()
