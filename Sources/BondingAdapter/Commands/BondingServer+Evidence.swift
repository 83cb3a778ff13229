internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// Keeps how configuration updates fared before something was sent that becomes one.
    ///
    /// The server counts those of all nodes together: only what changed since may have to do with a target.
    func rememberUpdates(before plan: Plan) async {
        guard !plan.steps.isEmpty, Self.becomesUpdate(plan.command.kind) else { return }
        let updates = try? await configUpdates(fresh: true)
        withMemory { memory in for step in plan.steps { memory.updatesBefore[step.entity] = updates } }
    }

    /// Whether the server tells nodes of what a command changes.
    private static func becomesUpdate(_ kind: CommandKind) -> Bool {
        kind == .legMode || TuningAct(kind) == .accept || BondPart.of(kind) != nil
            || kind == "edit-bond" || kind == "edit-leg"
    }

    /// That a change may not have reached its node yet: the server takes it first and pushes it later, in order.
    ///
    /// - Parameter isTaken: whether there is a change to say that of.
    func updateWords(_ target: EntityRef, _ isTaken: Bool) async -> String {
        guard isTaken, let before = withMemory({ $0.updatesBefore[target] }),
            let updates = try? await configUpdates(fresh: true)
        else { return "" }
        let failed = updates.failed - before.failed
        if failed > 0 {
            let more =
                failed == 1 ? "one configuration update failed" : "\(failed) configuration updates failed"
            return "; since it was sent \(more), which may be this one: it may not have reached its node"
        }
        let waiting = updates.waiting - before.waiting
        if waiting <= 0 { return "" }
        return waiting == 1
            ? "; one more configuration update is on the way than before, which may be this one"
            : "; \(Quantity.count(Int(waiting))) more configuration updates are on the way than before"
    }

    /// Looks every two seconds until something can be said, at most so often.
    ///
    /// - Parameter look: gives what is to be said, or how far it is.
    func follow(
        looks: Int, _ reporting: @Sendable (String) -> Void,
        _ look: (_ number: Int) async throws(BackendError) -> Observation
    ) async throws(BackendError) -> Evidence? {
        var failures = 0
        for number in 0..<max(looks, 1) {
            do throws(BackendError) {
                switch try await look(number) {
                case .evidence(let evidence): return evidence
                case .notYet(let words): reporting(words)
                }
                failures = 0
            } catch {
                failures += 1
                if failures > 3 || error.kind == .refused || error.kind == .forbidden { throw error }
                reporting("can't be read just now: \(error.words)")
            }
            if number + 1 < looks, (try? await settings.pause(2)) == nil { return nil }
        }
        return nil
    }
}

/// What one look at something that takes its time shows.
enum Observation {
    case evidence(Evidence)
    case notYet(String)
}
