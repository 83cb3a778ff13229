import Audit
import Dashboard
import Domain
import Testing

@testable import Runtime

@Suite("What was done before")
struct EarlierTests {
    @Test("a guard holds for a server that two backends have, also where the first of them may send nothing")
    func sameServer() async throws {
        let bench = try Bench(["view", "core"], writable: ["core"])
        #expect(try await bench.prepare(1).repeats == [])
        #expect(await bench.perform(1).map(\.state) == [.unknown])
        #expect(try await bench.executor.recorded(limit: 5).entries.map(\.backend) == ["core"])
        let again = try await bench.prepare(1)
        #expect(again.repeats == ["0s ago by ana@noc1, unknown"])
        #expect(again.lastDone == "0s ago by ana@noc1, unknown")
        // Under the other name it is the same alert.
        #expect(try await bench.prepare(0).repeats == again.repeats)
    }

    @Test("what another screen calls otherwise is looked at where something can be sent")
    func writableFirst() async throws {
        let bench = try Bench(["view", "core"], writable: ["core"])
        bench.team.say(.success([SharedLine(Self.line("a", by: "ben"), age: 60)]))
        #expect(try await bench.executor.recorded(limit: 5).entries.map(\.backend) == ["core"])
        #expect(try await bench.prepare(1).repeats == ["1m ago by ben@noc2, still running"])
    }

    @Test("a command keeps its name where that has its server, and else has that of the first that does")
    func names() async throws {
        let bench = try Bench(["core"], writable: [])
        bench.team.say(.success([SharedLine(Self.line("a", by: "ben"), age: 60)]))
        let known = try #require(try await bench.executor.recorded(limit: 1).entries.first)
        func name(_ backend: String, _ server: String, isShared: Bool) -> String {
            var entry = known
            (entry.backend, entry.server) = (backend, server)
            return entry.named(by: [("view", "s"), ("bonds", "s"), ("core", "t")], isShared: isShared).backend
        }
        #expect(name("bonds", "s", isShared: false) == "bonds")
        #expect(name("bonds", "s", isShared: true) == "bonds")
        #expect(name("other", "s", isShared: true) == "view")
        #expect(name("core", "s", isShared: false) == "view")
        #expect(name("core", "u", isShared: true) == "core (u)")
        #expect(name("core", "", isShared: true) == "core (another screen's)")
        #expect(name("core", "", isShared: false) == "core")
        #expect(name("gone", "u", isShared: false) == "gone")
    }

    @Test("what was recorded before the question, and not known then, stops a command and is not called new")
    func late() async throws {
        let bench = try Bench(["core"], writable: ["core"])
        bench.team.say(.failure(SharedRecordAbsence("away")))
        #expect(try await bench.prepare(0).repeats == [])
        bench.team.say(.success([SharedLine(Self.line("a", by: "ben"), age: 60)]))
        let words = try #require(await bench.perform(0).first?.words)
        #expect(words.contains("1m ago by ben@noc2, still running, which was not known when you were asked"))
        bench.team.say(.success([SharedLine(Self.line("a", by: "ben"), age: 0)]))
        #expect(await bench.perform(0).first?.words.contains("after you were asked") == true)
    }

    @Test("a line that anybody may add does not make an unknown outcome one that the guard forgets")
    func forged() async throws {
        let bench = try Bench(["core"], writable: ["core"])
        _ = try await bench.prepare(0)
        #expect(await bench.perform(0).map(\.state) == [.unknown])
        let id = try #require(try bench.audit.entries(limit: 1).first?.id)
        bench.team.say(
            .success([
                SharedLine(Self.result(id, "failed"), age: 0), SharedLine(Self.line(id, by: "ana"), age: 1),
            ]))
        let seen = try await bench.prepare(0)
        #expect(seen.repeats == ["0s ago by ana@noc1, unknown"])
        #expect(seen.lastDone == "0s ago by ana@noc1, unknown")
    }

    /// A line of a team's record: somebody acknowledged the alert.
    private static func line(_ id: String, by user: String) -> String {
        #"{"record":"command","id":"\#(id)","time":"2026-11-21T03:14:22Z","user":"\#(user)","host":"noc2","#
            + #""process":1,"backend":"elsewhere","server":"\#(Bench.server)","command":"acknowledge","#
            + #""limit":900,"entities":[{"kind":"alert","id":"7","name":"alert 7"}]}"#
    }

    private static func result(_ id: String, _ state: String) -> String {
        #"{"record":"result","id":"\#(id)","time":"2026-11-21T03:14:23Z","outcomes":"#
            + #"[{"kind":"alert","id":"7","state":"\#(state)","words":"w"}]}"#
    }
}
