import Domain
import Glibc
import History
import Team
import TeamHistory

// Writes changes into a history without end, three at a time, and says after each time how many there are: what the
// tests kill. Which change is the nth is always the same. Between them it writes what 300 ports carry, all of them the
// same number, which says when; the clock goes on by half an hour each time, so that all that is kept is thinned soon.
guard CommandLine.arguments.count == 2 else { exit(1) }
let ports = ResourceDescriptor(
    .port, plural: "ports", pane: nil,
    fields: [Field(.name, "Port", .text), Field("in_bps", "In", .rate), Field("out_bps", "Out", .rate)],
    interval: 300, trends: ["in_bps", "out_bps"])

func carried(_ number: Int64) -> Table {
    var builder = TableBuilder(ports, BackendID(0))
    for port in 0..<Int64(300) {
        builder.begin(EntityRef(BackendID(0), .port, id: port))
        builder.set(0, text: "port \(port)")
        builder.set(1, integer: number * 1_000)
        builder.set(2, integer: number * 1_000)
    }
    return builder.finish()
}

// A file, or the address of a team's database.
let place = CommandLine.arguments[1]
let history: any HistoryStore =
    place.hasPrefix("postgresql:")
    ? PostgresHistory(
        TeamSettings(url: place),
        sources: [
            TeamHistorySource(
                backend: "core", server: "test core", account: TeamAccount(user: "w", token: nil))
        ],
        name: "op@host", retention: .init(days: 3_650), now: nil)
    : SQLiteHistory(path: place, retention: .init(days: 3_650)) { Timestamp(1_800_000_000) }
do throws(HistoryError) {
    var count: Int64 = 0
    if let own = history as? SQLiteHistory { count = try own.facts().changes }
    if let team = history as? PostgresHistory { count = try team.facts().changes }
    while true {
        let seen = Timestamp(1_800_000_000 + count * 10)
        let changes = (0..<Int64(3)).map { step -> StateChange in
            let number = count + step
            return StateChange(
                EntityName(backend: "core", kind: .device, id: "\(number % 7)"), name: "device \(number % 7)",
                before: "state \(number - 7)", after: "state \(number)", seenAt: seen, note: "\(number)")
        }
        count += Int64(try history.record(changes).count)
        let round = count / 3
        let moment = Timestamp(1_800_000_000 + round * 1_800)
        try history.record(
            SampleReading(HistoryList(backend: "core", kind: .port), carried(round), at: moment))
        print(count)
        fflush(nil)
        for _ in 0..<3 { _ = try history.trim(at: moment) }
    }
} catch {
    print(error.words)
    exit(2)
}
