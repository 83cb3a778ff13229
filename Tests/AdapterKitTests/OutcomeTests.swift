import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@Suite("What is known of a command")
struct OutcomeTests {
    private static let entity = EntityRef(BackendID(0), .alert, id: "1")

    /// What an API that answers in objects with a `status` makes of an answer.
    private static func answer(
        _ status: Int, _ body: String, type: String = "application/json", isBodyDue: Bool = true,
        ownsErrors: Bool = false
    ) -> CommandAnswer {
        let manners = AnswerManners(
            isBodyDue: isBodyDue, ownsErrors: ownsErrors, words: { "status \($0.status)" },
            objection: { body in
                switch body.root["status"]?.string {
                case "ok": nil
                case "error": .refuses("it says error")
                default: .isForeign
                }
            }, refusal: { $0.root["message"]?.string })
        return manners.judge(
            Response(status: status, headers: [Header("Content-Type", type)], body: Body(Array(body.utf8))))
    }

    /// The kinds of answers by what they are worth.
    private enum Worth: String, CaseIterable {
        case done, refused, denied, lost, notSent

        var answer: CommandAnswer {
            switch self {
            case .done: .done
            case .refused: .refused("no")
            case .denied: .denied("no right")
            case .lost: .lost("no answer")
            case .notSent: .notSent("read-only")
            }
        }
    }

    private static let table: [(Worth, Evidence, Outcome.State)] = {
        let trouble = Evidence.unreadable(BackendError(.timedOut, "no answer within 30 s"))
        let rows: [(Worth, [Outcome.State])] = [
            // done, not, pending, unseen, ended well, ended badly, unreadable
            (.done, [.verified, .failed, .accepted, .accepted, .verified, .failed, .accepted]),
            (.refused, [.verified, .failed, .failed, .failed, .verified, .failed, .unknown]),
            (.denied, [.failed, .failed, .failed, .failed, .failed, .failed, .failed]),
            (.lost, [.verified, .unknown, .unknown, .unknown, .verified, .failed, .unknown]),
            (.notSent, [.failed, .failed, .failed, .failed, .failed, .failed, .failed]),
        ]
        let evidence: [Evidence] = [
            .done("acknowledged"), .not("still open"), .pending("not yet"), .unseen("cleared since"),
            .ended(.verified, "finished"), .ended(.failed, "the test failed"), trouble,
        ]
        return rows.flatMap { worth, states in zip(evidence, states).map { (worth, $0, $1) } }
    }()

    @Test("is decided by what is read afterwards, and what nobody knows is unknown")
    func judgement() {
        for (worth, evidence, state) in Self.table {
            let outcome = worth.answer.outcome(Self.entity, evidence)
            #expect(outcome.state == state, "\(worth) and \(evidence): \(outcome)")
            #expect(!outcome.words.isEmpty && !outcome.words.hasSuffix("; "))
            // Why the server did not simply say yes is never kept from the operator.
            if let reason = worth.answer.reason { #expect(outcome.words.contains(reason), "\(outcome)") }
        }
        #expect(Self.table.count == 35)
    }

    @Test(
        "a page, a login page, a redirect, nothing at all and JSON of another shape are no answers",
        arguments: [
            (200, "<!DOCTYPE html><html>Welcome</html>"), (200, "<html><title>Login</title></html>"),
            (200, ""), (200, " \r\n"), (200, "{}"), (200, "[]"), (200, "null"), (200, #"{"hello":"world"}"#),
            (200, #"{"status":"ok""#), (200, #"warning: x{"status":"ok"}"#), (202, ""), (302, ""), (304, ""),
            (403, "<html>blocked</html>"), (404, "<html>Not Found</html>"), (404, ""), (400, "{}"),
            (500, "<html></html>"), (500, #"{"message":"mail failed"}"#), (502, #"{"message":"gateway"}"#),
            (503, ""), (504, ""), (100, ""),
        ])
    func foreign(status: Int, body: String) {
        guard case .lost = Self.answer(status, body) else {
            Issue.record("\(status) \(body) is \(Self.answer(status, body))")
            return
        }
    }

    @Test("what the API itself says counts, whatever its media type is")
    func own() {
        #expect(Self.answer(200, #"{"status":"ok"}"#) == .done)
        #expect(Self.answer(201, #"{"status":"ok"}"#, type: "text/html") == .done)
        #expect(Self.answer(204, "") == .done)
        #expect(Self.answer(200, #"{"status":"error"}"#) == .refused("it says error"))
        #expect(Self.answer(400, #"{"message":"bad"}"#) == .refused("bad"))
        #expect(Self.answer(404, #"{"message":"none"}"#) == .refused("none"))
        #expect(Self.answer(403, #"{"message":"no right"}"#) == .denied("no right"))
        #expect(Self.answer(405, #"{"message":"not by GET"}"#) == .denied("not by GET"))
        #expect(Self.answer(429, #"{"message":"slower"}"#) == .denied("slower"))
        #expect(Self.answer(500, #"{"message":"failed"}"#, ownsErrors: true) == .refused("failed"))
        #expect(Self.answer(502, #"{"message":"failed"}"#, ownsErrors: true) == .lost("failed"))
    }

    @Test("whoever asks who it was has not done it, API or proxy", arguments: ["", "<html>", "{}"])
    func unauthenticated(body: String) {
        #expect(Self.answer(401, body) == .denied("status 401"))
    }

    @Test("an action that says nothing may say nothing, but not in a page")
    func silence() {
        #expect(Self.answer(200, "", isBodyDue: false) == .done)
        #expect(Self.answer(202, "", isBodyDue: false) == .done)
        #expect(Self.answer(200, "", type: "text/html", isBodyDue: false) != .done)
        #expect(Self.answer(200, "<html>", isBodyDue: false) != .done)
    }

    @Test("what never had a connection to leave by was not sent, and everything else may have been")
    func transport() {
        func answer(_ error: TransportError) -> CommandAnswer {
            CommandAnswer(Self.entity, in: [StepAnswer(Self.entity, .failure(error))]) { _ in .done }
        }
        let unsent: [TransportError] = [
            .refused("read-only"), .unresolved(host: "a"), .unreachable(host: "a", reason: "refused"),
            .untrusted(host: "a", reason: "expired"), .timedOut(.connecting, seconds: 5),
        ]
        for error in unsent {
            guard case .notSent = answer(error) else {
                Issue.record("\(error) is \(answer(error))")
                continue
            }
        }
        let lost: [TransportError] = [
            .outcomeUnknown(reason: "reset"), .closed(reason: "reset"), .timedOut(.whole, seconds: 30),
            .timedOut(.firstByte, seconds: 30), .tooLarge(limit: 1), .cancelled, .stopped,
            .redirected(status: 302, to: "https://a/login"), .proxy(reason: "gone"),
        ]
        for error in lost {
            guard case .lost = answer(error) else {
                Issue.record("\(error) is \(answer(error))")
                continue
            }
        }
        #expect(CommandAnswer(Self.entity, in: []) { _ in .done } == .lost("no answer is known"))
    }
}
