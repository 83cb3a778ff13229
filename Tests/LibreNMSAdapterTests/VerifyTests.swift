import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: what became of a command")
struct VerifyTests {
    private static let modern = "26.7"
    private let entity = EntityRef(BackendID(0), .alert, id: "1")

    /// The outcome when the server answered so and then shows the alert in a state, or nil for no alert.
    private func outcome(
        _ answer: Result<Response, TransportError>?, shows state: String?, note: String = "",
        release: String = modern, of kind: CommandKind = .acknowledge, age: Int64? = nil
    ) async throws -> Outcome {
        let recorded = try RecordedLibreNMS(release)
        let alert: JSONTree = [
            "id": 1, "device_id": 1, "rule_id": 1, "hostname": "a", "timestamp": "2026-11-21 01:00:00",
            "state": .string(state ?? ""), "note": .string(note),
        ]
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in recorded.answer(asked, alerts: state == nil ? [] : [alert]) })
        let step = Plan.Step(
            entity, name: "x", state: "open", request: CommandStep(.put, "/alerts/{id}", ["id": "1"]))
        var plan = Plan(
            Command(kind, [entity]), steps: answer == nil ? [] : [step], summary: [], tier: .harmless)
        plan.sentAt = age.map { Timestamp(server.settings.now().seconds - $0) }
        let outcomes = await server.verify(plan, answers: answer.map { [StepAnswer(entity, $0)] } ?? [])
        #expect(outcomes.count == 1)
        return try #require(outcomes.first)
    }

    @Test("ok and acknowledged is verified, with the note's last line", arguments: ["2016", "26.7"])
    func verified(release: String) async throws {
        let answer = try Recording(release, "alert-ack").response
        let outcome = try await outcome(
            .success(answer), shows: "2", note: "first\n2026 - Ack (noc) on it\n", release: release)
        #expect(outcome.state == .verified)
        #expect(outcome.words == "acknowledged (noc: on it)")
    }

    @Test("ok for an alert that does not exist is a failure", arguments: ["2016", "26.7"])
    func gone(release: String) async throws {
        let answer = try Recording(release, "alert-ack-unknown").response
        let outcome = try await outcome(.success(answer), shows: nil, release: release)
        #expect(outcome.state == .failed)
        #expect(outcome.words.contains("gone"))
    }

    @Test("\"no alert by that ID\" for one that is acknowledged is no error: somebody was faster")
    func faster() async throws {
        let answer = try Recording("2016", "alert-ack-unknown").response
        #expect(try await outcome(.success(answer), shows: "2", release: "2016").state == .verified)
    }

    @Test("ok while the alert is still open is a failure, never a false done")
    func stillOpen() async throws {
        let outcome = try await outcome(.success(try Recording("26.7", "alert-ack").response), shows: "1")
        #expect(outcome.state == .failed)
        #expect(outcome.words.contains("still open"))
    }

    @Test("a token without the right gets a 500 from newer servers, and is told what that means")
    func noRight() async throws {
        let outcome = try await outcome(.success(.json(["message": "Server Error"], status: 500)), shows: "1")
        #expect(outcome.state == .failed)
        #expect(outcome.words.contains("administrator"))
    }

    @Test("a refusal is a failure even when somebody else acknowledged meanwhile")
    func refusedButTaken() async throws {
        let outcome = try await outcome(
            .success(.json(["message": "Unauthenticated."], status: 401)), shows: "2",
            note: "2026 - Ack (bob) mine")
        #expect(outcome.state == .failed)
        #expect(outcome.words.contains("bob: mine"))
    }

    @Test("an answer that never came is judged by what the server shows")
    func lost() async throws {
        let lost = Result<Response, TransportError>.failure(.outcomeUnknown(reason: "closed"))
        #expect(try await outcome(lost, shows: "2").state == .verified)
        // It may still happen: the server goes on with what it was told after nobody waits for it any more.
        #expect(try await outcome(lost, shows: "1").state == .unknown)
        #expect(try await outcome(lost, shows: "0").state == .unknown)
        #expect(try await outcome(nil, shows: "2").state == .verified)
        #expect(try await outcome(nil, shows: "1").state == .unknown)
    }

    @Test("what was never sent is said to be")
    func notSent() async throws {
        let outcome = try await outcome(.failure(.refused("read-only")), shows: "2")
        #expect(outcome.state == .failed)
        #expect(outcome.words == "nothing was sent: read-only")
    }

    @Test("unmuting is verified by an alert that is open again, and cleared meanwhile is only accepted")
    func unmute() async throws {
        let ok = Result<Response, TransportError>.success(try Recording("26.7", "alert-ack").response)
        #expect(try await outcome(ok, shows: "1", of: .unmute).state == .verified)
        #expect(try await outcome(ok, shows: "2", of: .unmute).state == .failed)
        #expect(try await outcome(ok, shows: "0", of: .unmute).state == .accepted)
        #expect(try await outcome(ok, shows: "3").state == .accepted)
    }

    @Test(
        "what the API itself did not answer is no yes and no no: the alert that is read afterwards decides",
        arguments: [
            (200, "<!DOCTYPE html><html><title>Login</title></html>"), (200, ""), (200, "[]"), (200, "{}"),
            (200, #"{"hello":"world"}"#), (200, #"MIB: registering\n{"status":"ok"}"#), (201, "null"),
            (403, "<html>blocked</html>"), (404, "<html>Not Found</html>"), (302, ""),
            (500, "<html>oops</html>"), (502, ""), (503, "{}"), (504, "<html>Gateway Time-out</html>"),
        ])
    func foreign(status: Int, body: String) async throws {
        let answer = Result<Response, TransportError>.success(
            Response(status: status, headers: [], body: Body(Array(body.utf8))))
        #expect(try await outcome(answer, shows: "2").state == .verified)
        #expect(try await outcome(answer, shows: "1").state == .unknown)
        #expect(try await outcome(answer, shows: "0").state == .unknown)
        #expect(try await outcome(answer, shows: nil).state == .unknown)
    }

    @Test("an error in the server's own words is none of the alert's: one that is acknowledged is")
    func errorAfterwards() async throws {
        let answer = Result<Response, TransportError>.success(
            .json(["status": "error", "message": "mail transport failed"], status: 500))
        let done = try await outcome(answer, shows: "2")
        #expect(done.state == .verified && done.words.contains("mail transport failed"))
        #expect(try await outcome(answer, shows: "1").state == .failed)
    }

    @Test(
        "a lost acknowledgement that takes effect seconds later is seen, and the operator is told meanwhile")
    func late() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let state = Mutex("1")
        let waited = Mutex<[Double]>([])
        let told = Mutex<[String]>([])
        let transport = ScriptedTransport { asked in
            recorded.answer(
                asked,
                alerts: [
                    [
                        "id": 1, "device_id": 1, "rule_id": 1, "hostname": "a",
                        "timestamp": "2026-11-21 01:00:00", "state": .string(state.withLock { $0 }),
                        "note": "",
                    ]
                ])
        }
        let settings = backendSettings { seconds in
            let sum = waited.withLock { waited in
                waited.append(seconds)
                return waited.reduce(0, +)
            }
            if sum >= 10 { state.withLock { $0 = "2" } }
        }
        let server = LibreNMSServer(settings, transport)
        let step = Plan.Step(
            entity, name: "x", state: "open", request: CommandStep(.put, "/alerts/{id}", ["id": "1"]))
        let plan = Plan(Command(.acknowledge, [entity]), steps: [step], summary: [], tier: .harmless)
        let lost = StepAnswer(entity, .failure(.outcomeUnknown(reason: "no answer within 30 s")))
        let outcomes = await server.verify(plan, answers: [lost]) { words in
            told.withLock { $0.append(words) }
        }
        #expect(outcomes.map(\.state) == [.verified])
        #expect(waited.withLock { $0.reduce(0, +) } <= 30)
        #expect(told.withLock { $0.first }?.contains("the alert is still open, looking again in") == true)
    }

    @Test(
        "ten minutes after sending, what is not so is still not known to have failed, and looking again tells no more"
    )
    func settled() async throws {
        let lost = Result<Response, TransportError>.failure(.outcomeUnknown(reason: "closed"))
        let early = try await outcome(lost, shows: "1", age: 599)
        #expect(early.state == .unknown && !early.isSettled)
        let late = try await outcome(lost, shows: "1", age: 600)
        #expect(late.state == .unknown && late.isSettled)
        #expect(late.words.hasSuffix("the alert is still open 10m later: not seen to take effect"))
        #expect(try await outcome(lost, shows: "2", age: 600).state == .verified)
    }
}
