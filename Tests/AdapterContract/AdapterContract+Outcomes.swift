public import AdapterKit
import Dashboard
public import Domain
import HTTP

extension AdapterContract {
    /// Checks that no outcome claims more than is known, whatever comes back for a command: with evidence that it
    /// happened, that it did not, and with none.
    ///
    /// - Parameters:
    ///   - manners: answers that questions take.
    ///   - happening: commands whose evidence the simulated world may give by itself while it is waited for.
    ///   - send: sends a plan, as the application would.
    public func outcomes(
        _ manners: AskingManners, happening: Set<CommandKind> = [],
        sending send: (Plan) async -> [StepAnswer]
    ) async -> [String] {
        let changing = SwitchedTransport(transport)
        let adapter = adapter(over: changing)
        do throws(BackendError) {
            _ = try await adapter.check()
        } catch {
            return ["check fails: \(error.words)"]
        }
        let targets = await everything(adapter, manners)
        var faults: [String] = []
        // What deletes comes last: nothing is left of its targets.
        for command in adapter.ownCommands.sorted(by: { $0.tier < $1.tier }) {
            guard let plan = await plan(command, targets, adapter, manners) else { continue }
            for strange in Strange.all {
                let answers = plan.steps.map { StepAnswer($0.entity, strange.result) }
                changing.follow(DiscardingSink())
                faults += judge(
                    await adapter.verify(plan, answers: answers), plan, strange, .nothing, [.unknown])
                changing.follow(transport)
                var allowed: Set<Outcome.State> = [.unknown]
                if happening.contains(command.kind) { allowed.insert(.verified) }
                faults += judge(
                    await adapter.verify(plan, answers: answers), plan, strange, .against, allowed)
            }
            guard let fresh = await self.plan(command, targets, adapter, manners) else { continue }
            let sent = await send(fresh)
            guard sent.allSatisfy({ (try? $0.result.get().isSuccess) == true }) else { continue }
            let lost = Strange.all[0]
            let answers = fresh.steps.map { StepAnswer($0.entity, lost.result) }
            faults += judge(
                await adapter.verify(fresh, answers: answers), fresh, lost, .done,
                [.verified, .unknown, .accepted])
        }
        return faults
    }

    /// A plan that sends something; nil where the command finds nothing to do.
    private func plan(
        _ descriptor: CommandDescriptor, _ targets: [ResourceKind: [EntityRef]], _ adapter: any Adapter,
        _ manners: AskingManners
    ) async -> Plan? {
        let candidates =
            descriptor.creates
            ? descriptor.targets.prefix(1).map { .new(settings.id, $0) }
            : self.candidates(of: descriptor, targets) ?? []
        for target in candidates.prefix(40) {
            var form = CommandForm(descriptor.form)
            var answers: [FieldKey: Value] = [:]
            if descriptor.opensFilled {
                guard let values = try? await adapter.opening(Command(descriptor.kind, [target])) else {
                    continue
                }
                form.fill(values)
                // One change is enough, and the last is the least likely to be refused.
                for field in descriptor.form {
                    if let answer = other(field, than: values[field.key], manners) {
                        answers = [field.key: answer]
                    }
                }
            } else {
                for field in descriptor.form { answers[field.key] = other(field, than: nil, manners) }
            }
            form.answer(answers)
            let command = Command(descriptor.kind, [target], form.arguments)
            if let plan = try? await adapter.prepare(command), !plan.steps.isEmpty { return plan }
        }
        return nil
    }

    private func judge(
        _ outcomes: [Outcome], _ plan: Plan, _ strange: Strange, _ evidence: Shown,
        _ allowed: Set<Outcome.State>
    ) -> [String] {
        let place = "\(plan.command.kind), answered \(strange.name), \(evidence.rawValue)"
        var faults: [String] = []
        if outcomes.map(\.entity) != plan.steps.map(\.entity) {
            faults.append("\(place): not one outcome for each entity")
        }
        for outcome in outcomes {
            var allowed = allowed
            // What is sent without a body may be answered without one.
            let hasBody = plan.steps.first { $0.entity == outcome.entity }?.request.body != nil
            if strange.isSilence, !hasBody {
                allowed.insert(.accepted)
                if evidence == .against { allowed.insert(.failed) }
            }
            if !allowed.contains(outcome.state) {
                faults.append("\(place), is \(outcome.state.rawValue): \(outcome.words)")
            }
            faults += fault(in: outcome.words, of: "the outcome of \(place)")
        }
        return faults
    }
}

/// What can be read after a command.
private enum Shown: String {
    case nothing = "unreadable"
    case against = "not done"
    case done
}

/// What comes back for a command and is no answer of the API.
private struct Strange {
    let name: String
    let result: Result<Response, TransportError>
    var isSilence = false

    static let all: [Strange] = [
        Strange(name: "nothing at all", result: .failure(.outcomeUnknown(reason: "the connection broke"))),
        answer("a page with 200", 200, "<!DOCTYPE html><html>Welcome</html>"),
        answer("a login page with 200", 200, "<!DOCTYPE html><html><title>Login</title></html>"),
        answer("half of an answer", 200, #"{"status":"ok","result":"#),
        Strange(
            name: "nothing with 200", result: .success(response(200, "", "application/json")), isSilence: true
        ),
        answer("a redirect that leads nowhere", 302, ""),
        Strange(
            name: "a redirect to a login",
            result: .failure(.redirected(status: 302, to: "https://nms.example.net/login"))),
        answer("500 with a page", 500, "<html>Internal Server Error</html>"),
        answer("502 with nothing", 502, ""),
        answer("a proxy's 403", 403, "<html>blocked</html>"),
    ]

    private static func answer(_ name: String, _ status: Int, _ body: String) -> Strange {
        Strange(name: name, result: .success(response(status, body, "text/html")))
    }

    private static func response(_ status: Int, _ body: String, _ type: String) -> Response {
        Response(status: status, headers: [Header("Content-Type", type)], body: Body(Array(body.utf8)))
    }
}

/// A server that can't be reached any more.
private struct DiscardingSink: ReadTransport {
    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        throw .timedOut(.firstByte, seconds: 30)
    }
}
