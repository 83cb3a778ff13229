import Domain
import Glibc
import History

// Writes changes into a history without end, three at a time, and says after each time how many there are: what the
// tests kill. Which change is the nth is always the same.
guard CommandLine.arguments.count == 2 else { exit(1) }
let history = SQLiteHistory(path: CommandLine.arguments[1]) { Timestamp(1_800_000_000) }
do throws(HistoryError) {
    var count = try history.facts().changes
    while true {
        let seen = Timestamp(1_800_000_000 + count * 10)
        let changes = (0..<Int64(3)).map { step -> StateChange in
            let number = count + step
            return StateChange(
                EntityName(backend: "core", kind: .device, id: "\(number % 7)"), name: "device \(number % 7)",
                before: "state \(number - 7)", after: "state \(number)", seenAt: seen, note: "\(number)")
        }
        count += Int64(try history.record(changes).count)
        print(count)
        fflush(nil)
        _ = try history.trim(at: seen)
    }
} catch {
    print(error.words)
    exit(2)
}
