import Audit
import Domain
import Foundation
import HTTP
import Testing

@Suite("Reading the audit log")
struct ReadingTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test("a log that was never written is empty, not an error")
    func absent() throws {
        #expect(try Example.log(scratch).entries().isEmpty)
    }

    @Test("the newest command comes first, with its result per entity")
    func pairs() throws {
        let log = Example.log(scratch)
        let first = try log.begin(Example.intent([1, 2]))
        let second = try log.begin(Example.intent([3], kind: .unmute))
        _ = log.finish(
            first,
            [
                Outcome(Example.alert(1), .verified, "acknowledged"),
                Outcome(Example.alert(2), .failed, "the token lacks the right"),
            ])
        let entries = try log.entries()
        #expect(entries.map(\.id) == [second.record, first.record])
        #expect(entries.map(\.state) == [.running, .finished])
        #expect(entries[1].targets.map(\.outcome) == [.verified, .failed])
        #expect(entries[1].targets.map(\.words) == ["acknowledged", "the token lacks the right"])
        #expect(entries[1].targets.map(\.name) == ["alert 1", "alert 2"])
        #expect(entries[0].targets.map(\.outcome) == [nil])
        #expect(entries[0].command == .unmute)
        #expect(try log.entries(limit: 1).map(\.id) == [second.record])
    }

    @Test("entries since a moment are those, give or take nothing, and older ones are not read far")
    func since() throws {
        for seconds in [0, 4_000, 8_000, 8_100] {
            let moment = Timestamp(Example.moment.seconds + Int64(seconds))
            _ = try Example.log(scratch, at: moment).begin(Example.intent([Int64(seconds)]))
        }
        let log = Example.log(scratch)
        func ids(since seconds: Int64) throws -> [String] {
            try log.entries(since: Timestamp(Example.moment.seconds + seconds)).flatMap(\.targets).map(\.id)
        }
        #expect(try ids(since: 8_000) == ["8100", "8000"])
        #expect(try ids(since: 8_001) == ["8100"])
        #expect(try ids(since: 0) == ["8100", "8000", "4000", "0"])
        #expect(try ids(since: 9_000) == [])
    }

    @Test(
        "what was looked for late and not seen is unknown still, and no longer a question; a later look may settle it"
    )
    func notSeen() throws {
        let log = Example.log(scratch)
        let admission = try log.begin(Example.intent([1]))
        _ = log.finish(admission, [Outcome(Example.alert(1), .unknown, "no answer; so far open")])
        #expect(try log.entries().first.map { [$0.isUnknown, $0.isOpen] } == [true, true])
        let late = Outcome(Example.alert(1), .unknown, "no answer; open 10m later", isSettled: true)
        _ = log.conclude(admission.record, [late])
        let entry = try #require(try log.entries().first)
        #expect(entry.isUnknown && !entry.isOpen && entry.targets.map(\.outcome) == [.unknown])
        #expect(entry.mayHaveDone(.acknowledge, backend: "core", entity: Example.alert(1)))
        _ = log.conclude(admission.record, [Outcome(Example.alert(1), .verified, "found acknowledged")])
        #expect(try log.entries().first.map { [$0.isUnknown, $0.isOpen] } == [false, false])
    }

    @Test("a second sending has a receipt of its own and a line of its own, and is the same command")
    func again() throws {
        let log = Example.log(scratch)
        let admission = try log.begin(Example.intent([1]))
        let first = try #require(admission.receipts.first)
        let second = try log.again(admission, after: first, because: "the token had expired")
        #expect(second != first)
        #expect(second.record == first.record && second.step == first.step)
        #expect(try scratch.lines().count == 2)
        #expect(try scratch.text().contains("the token had expired"))
        #expect(try log.entries().map(\.id) == [admission.record])
    }

    @Test("what a later look found out counts, for the entities that it found something out about")
    func checkedLater() throws {
        let log = Example.log(scratch)
        let admission = try log.begin(Example.intent([1, 2]))
        _ = log.finish(
            admission,
            [Outcome(Example.alert(1), .unknown, "no answer"), Outcome(Example.alert(2), .verified, "done")])
        #expect(try log.entries().first?.isUnknown == true)
        _ = log.conclude(admission.record, [Outcome(Example.alert(1), .verified, "found acknowledged")])
        let entry = try #require(try log.entries().first)
        #expect(entry.targets.map(\.outcome) == [.verified, .verified])
        #expect(entry.targets.map(\.words) == ["found acknowledged", "done"])
        #expect(!entry.isUnknown)
    }

    @Test("a command without a result is unknown once its limit is over, even while its process lives")
    func overdue() throws {
        _ = try Example.log(scratch).begin(Example.intent(limit: 60))
        func state(after seconds: Int64) throws -> AuditEntry.State? {
            try Example.log(scratch, at: Timestamp(Example.moment.seconds + seconds)).entries().first?.state
        }
        #expect(try state(after: 60) == .running)
        #expect(try state(after: 61) == .unknown)
        #expect(try state(after: -3600) == .running)
    }

    @Test("in a log that machines share, a record by a clock that is behind hides none before it")
    func clocksApart() throws {
        let earliest = Example.moment
        // From the end of the file: one that is late enough, one by a clock half an hour behind, one that is late enough.
        for seconds: Int64 in [10, -1_800, 20] {
            _ = try Example.log(scratch, at: Timestamp(earliest.seconds + seconds)).begin(
                Example.intent([seconds]))
        }
        let found = try Example.log(scratch).entries(since: earliest)
        #expect(found.map { $0.time.seconds - earliest.seconds } == [20, 10])
        // Beyond an hour no clock is thought to be wrong: the file is read no further.
        for seconds: Int64 in [-3_700, 30] {
            _ = try Example.log(scratch, at: Timestamp(earliest.seconds + seconds)).begin(
                Example.intent([seconds]))
        }
        #expect(
            try Example.log(scratch).entries(since: earliest).map { $0.time.seconds - earliest.seconds } == [
                30
            ])
    }

    @Test("a command whose process was killed before the result is unknown to the next process")
    func killed() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            _ = try Example.log(sharedPath(of: getppid())).begin(Example.intent([42]))
            kill(getpid(), SIGKILL)
        }
        let path = sharedPath(of: getpid())
        defer { try? FileManager.default.removeItem(atPath: path) }
        let entry = try #require(try Example.log(path).entries().first)
        #expect(entry.state == .unknown)
        #expect(entry.targets.map(\.id) == ["42"])
        #expect(entry.targets.map(\.outcome) == [.unknown])
        #expect(entry.isUnknown)
    }

    @Test("lines that are no records and fields of later versions are passed over")
    func foreign() throws {
        let log = Example.log(scratch)
        let admission = try log.begin(Example.intent([1]))
        try scratch.append(
            "\n\nnot json\n[]\n{}\n{\"record\":\"result\"}\n{\"record\":\"command\",\"id\":\"x\"}\n")
        try scratch.append("{\"record\":\"note\",\"id\":\"\(admission.record)\",\"more\":[1]}\n")
        let line = try #require(try scratch.lines().first)
        let later =
            line.replacingOccurrences(of: admission.record, with: "later").dropLast()
            + ",\"more\":{\"a\":1}}\n"
        try scratch.append(String(later))
        try scratch.append(
            "{\"record\":\"result\",\"id\":\"later\",\"outcomes\":[{\"kind\":\"alert\",\"id\":1,\"state\":\"odd\"}]"
        )
        #expect(try log.entries().map(\.id) == ["later", admission.record])
        try scratch.append("}\n")
        #expect(try log.entries().first?.targets.first?.outcome == .unknown)
        #expect(try log.entries().first?.state == .finished)
    }

    @Test("lines longer than what is read at once, and a monstrous one, do no harm")
    func long() throws {
        let log = Example.log(scratch)
        let first = try log.begin(Example.intent([1], note: String(repeating: "é", count: 200_000)))
        try scratch.append(String(repeating: "z", count: 9 << 20) + "\n")
        let second = try log.begin(Example.intent([2]))
        #expect(try log.entries().map(\.id) == [second.record, first.record])
    }

    @Test("the last time that something was done leaves out what failed and other entities")
    func last() throws {
        let log = Example.log(scratch)
        let done = try log.begin(Example.intent([7, 8]))
        _ = log.finish(
            done, [Outcome(Example.alert(7), .verified, "done"), Outcome(Example.alert(8), .failed, "no")])
        let failed = try log.begin(Example.intent([7]))
        _ = log.finish(failed, [Outcome(Example.alert(7), .failed, "no right")])
        func last(_ kind: CommandKind, _ id: Int64, backend: String = "core") throws -> String? {
            try log.lastCommand(kind, backend: backend, entity: Example.alert(id))?.id
        }
        #expect(try last(.acknowledge, 7) == done.record)
        #expect(try last(.acknowledge, 8) == nil)
        #expect(try last(.unmute, 7) == nil)
        #expect(try last(.acknowledge, 7, backend: "edge") == nil)
        let unknown = try log.begin(Example.intent([8]))
        _ = log.finish(unknown, [Outcome(Example.alert(8), .unknown, "no answer")])
        #expect(try last(.acknowledge, 8) == unknown.record)
    }
}

/// Where a test and the process that it starts meet: both know the number of the test's process.
private func sharedPath(of process: Int32) -> String {
    FileManager.default.temporaryDirectory.appending(path: "audit-of-\(process)/audit.jsonl").path
}
