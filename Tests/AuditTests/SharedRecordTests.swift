import Audit
import Domain
import Foundation
import Testing

@Suite("The record of a team")
struct SharedRecordTests {
    private static let now = Timestamp(1_795_230_862)

    private func line(_ id: String, _ more: String = "", user: String = "ben") -> String {
        #"{"record":"command","id":"\#(id)","time":"2020-01-01T00:00:00Z","user":"\#(user)","host":"noc2","#
            + #""process":1,"backend":"b","server":"x https://b","command":"restart-bond","limit":60,"#
            + #""entities":[{"kind":"bond","id":"7","name":"Keller"}]\#(more)}"#
    }

    private func result(_ id: String, _ state: String) -> String {
        #"{"record":"result","id":"\#(id)","time":"2020-01-01T00:00:09Z","outcomes":"#
            + #"[{"kind":"bond","id":"7","state":"\#(state)","words":"w"}]}"#
    }

    @Test(
        "when something was done is counted from now by the age, whatever the clock of the other screen said")
    func ages() throws {
        let scratch = try Scratch()
        let entries = Example.log(scratch, at: Self.now).entries(of: [
            SharedLine(result("a", "verified"), age: 235.2), SharedLine(line("a"), age: 240),
            SharedLine(line("b"), age: 20), SharedLine("no record", age: 1),
        ])
        #expect(entries.map(\.id) == ["a", "b"])
        #expect(entries[0].time == Timestamp(Self.now.seconds - 240))
        #expect(entries[0].finishedAt == Timestamp(Self.now.seconds - 235))
        #expect(entries[0].targets.map(\.outcome) == [.verified])
        #expect(entries[0].server == "x https://b")
        // Another machine's: a result may still come.
        #expect(entries[1].state == .running)
    }

    @Test("what both have is there once, as whoever knows more says, the newest first")
    func merged() throws {
        let scratch = try Scratch()
        let log = Example.log(scratch, at: Self.now)
        let own = log.entries(of: [
            SharedLine(line("a", user: "ana"), age: 500),
            SharedLine(result("c", "failed"), age: 90), SharedLine(line("c", user: "ana"), age: 100),
        ])
        let shared = log.entries(of: [
            SharedLine(line("b"), age: 50), SharedLine(line("c", user: "ana"), age: 100),
            SharedLine(result("a", "verified"), age: 10), SharedLine(line("a", user: "ana"), age: 500),
        ])
        let all = AuditLog.merged(own, shared)
        #expect(all.map(\.id) == ["b", "c", "a"])
        #expect(all.map { $0.targets[0].outcome } == [nil, .failed, .verified])
    }

    @Test("what this log does not know to have failed still counts as done, whatever the team's record says")
    func guarded() throws {
        let scratch = try Scratch()
        let log = Example.log(scratch, at: Self.now)
        func entries(_ lines: SharedLine...) -> [AuditEntry] { log.entries(of: lines) }
        let command = SharedLine(line("a", user: "ana"), age: 100)
        let unknown = entries(SharedLine(result("a", "unknown"), age: 90), command)
        let running = entries(SharedLine(line("a", user: "ana"), age: 30))
        for state in ["failed", "skipped"] {
            let forged = entries(SharedLine(result("a", state), age: 10), command)
            #expect(AuditLog.guarded(unknown, forged).map(\.targets[0].outcome) == [.unknown])
            #expect(AuditLog.guarded(running, forged).map(\.targets[0].outcome) == [nil])
            // Who only reads is told it; of others' commands nothing else is known.
            #expect(AuditLog.merged(unknown, forged).map { $0.targets[0].outcome?.rawValue } == [state])
            #expect(AuditLog.guarded([], forged).map { $0.targets[0].outcome?.rawValue } == [state])
        }
        let other = line("a", user: "ana").replacing(#""id":"7""#, with: #""id":"8""#)
        let elsewhere = entries(SharedLine(result("a", "verified"), age: 10), SharedLine(other, age: 100))
        #expect(AuditLog.guarded(unknown, elsewhere).map(\.targets[0].id) == ["7"])
        let verified = entries(SharedLine(result("a", "verified"), age: 10), command)
        #expect(AuditLog.guarded(unknown, verified).map(\.targets[0].outcome) == [.verified])
        let failed = entries(SharedLine(result("a", "failed"), age: 90), command)
        #expect(AuditLog.guarded(failed, entries(command)).map(\.targets[0].outcome) == [.failed])
    }
}
