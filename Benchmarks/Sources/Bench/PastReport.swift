import Domain
import History

/// What a way through the past costs, with 100,000 ports on the screen of now and a million changes behind it.
enum PastReport {
    static func measure(_ store: SQLiteHistory, _ ports: Table) throws {
        let names = [ports.backend: "core"]
        var record: PastRecord?
        func go(_ step: PastQuery.Step) throws {
            let found = record?.findings
            guard
                let next = try store.travel(
                    PastQuery(step, from: found?.place, at: found?.time, last: found?.last ?? 0))
            else {
                return
            }
            record =
                record?.moved(by: next) ?? PastRecord(next, tables: [ports], names: names)
        }
        _ = try store.record(portChanges(at: 1_800_100_001))
        Report.time("from now to the last change, 100,000 ports", runs: 9) {
            record = nil
            try? go(.earlier)
        }
        Report.time("a step back over 100 ports", runs: 1) { try? go(.earlier) }
        Report.time("a step back by a reading", runs: 99) { try? go(.earlier) }
        func jump(_ words: String, _ seconds: Int64) {
            guard let time = record?.findings.time else { return }
            do {
                let began = ContinuousClock.now
                try go(.moment(Timestamp(time.seconds - seconds)))
                let taken = began.duration(to: .now)
                Report.line(words, "\(taken)", "\(record?.findings.states.count ?? 0) entities")
            } catch {
                Report.line(words, "\(error)")
            }
        }
        jump("back by an hour, 36,000 changes", 3_600)
        jump("back by 5 hours, 180,000 changes", 18_000)
        Report.time("a step on by a reading", runs: 99) { try? go(.later) }
    }

    /// 100 ports that were down for a minute.
    private static func portChanges(at seen: Int64) -> [StateChange] {
        (0..<100).map { change($0, "up", "down", at: seen) }
            + (0..<100).map { change($0, "down", "up", at: seen + 60) }
    }

    private static func change(_ port: Int, _ before: String, _ after: String, at seen: Int64) -> StateChange
    {
        let name = EntityName(backend: "core", kind: .port, id: String(port * 7))
        return StateChange(
            name, name: "Gi0/\(port)", before: before, after: after, severity: .warning,
            severityBefore: .warning, lastSeenBefore: Timestamp(seen - 60), seenAt: Timestamp(seen))
    }
}
