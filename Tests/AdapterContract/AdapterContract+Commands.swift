import AdapterKit
import Domain
import HTTP

extension AdapterContract {
    /// Checks that commands are prepared from what was read, and that their outcome is never made up.
    public func commanding() async -> [String] {
        let adapter = adapter(over: transport)
        var faults: [String] = []
        do throws(BackendError) {
            _ = try await adapter.check()
        } catch {
            return ["check fails: \(error.words)"]
        }
        let resources = Set(adapter.resources.map(\.kind)).union(adapter.linkedKinds)
        for command in adapter.ownCommands {
            if command.targets.isEmpty || !command.targets.isSubset(of: resources) {
                faults.append("\(command.kind) works on kinds that are not listed or linked to")
            }
            faults += fault(in: command.effect, of: "the effect of \(command.kind)")
            for kind in command.targets {
                let nobody = EntityRef(settings.id, kind, id: "987654321")
                faults += await vanished(Command(command.kind, [nobody]), adapter)
            }
        }
        if let kind = resources.first {
            let unknown = Command("fly-to-the-moon", [EntityRef(settings.id, kind, id: "1")])
            if let plan = try? await adapter.prepare(unknown) {
                faults.append("an unknown command has a plan of \(plan.steps.count) steps")
            }
        }
        return faults
    }

    /// A target that is not there: nothing is sent for it, and no answer makes it a success.
    private func vanished(_ command: Command, _ adapter: any Adapter) async -> [String] {
        var faults: [String] = []
        do throws(BackendError) {
            let plan = try await adapter.prepare(command)
            if !plan.steps.isEmpty { faults.append("\(command.kind) would be sent for what is not there") }
            if plan.excluded.map(\.entity) != command.targets {
                faults.append("\(command.kind) does not say what is left out")
            }
            for target in plan.excluded {
                faults += fault(in: target.words, of: "the reason of \(command.kind)")
            }
        } catch {
            faults += fault(in: error.words, of: "the refusal of \(command.kind)")
        }
        let plan = Plan(command, steps: [], summary: [], tier: .harmless)
        let lost = command.targets.map { StepAnswer($0, .failure(.outcomeUnknown(reason: "closed"))) }
        let outcomes = await adapter.verify(plan, answers: lost)
        if outcomes.map(\.entity) != command.targets {
            faults.append("\(command.kind) has no outcome for each target")
        }
        for outcome in outcomes {
            faults += fault(in: outcome.words, of: "the outcome of \(command.kind)")
            if outcome.state == .verified || outcome.state == .accepted {
                faults.append("\(command.kind) is \(outcome.state.rawValue) for what is not there")
            }
        }
        return faults
    }
}
