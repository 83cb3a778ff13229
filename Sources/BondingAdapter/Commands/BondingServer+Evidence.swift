internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// A request without a body.
    func step(_ method: Method, _ path: PathTemplate, _ parameters: [String: String]) -> CommandStep {
        CommandStep(method, path, parameters, headers: [Header("Accept", "application/json")])
    }

    /// A request with a body in JSON.
    func json(
        _ method: Method, _ path: PathTemplate, _ parameters: [String: String], _ body: JSONTree
    ) -> CommandStep {
        CommandStep(
            method, path, parameters,
            headers: [Header("Content-Type", "application/json"), Header("Accept", "application/json")],
            body: body.bytes)
    }

    /// That a change may not have reached the nodes yet: the server takes it first and pushes it later, in order.
    ///
    /// - Parameter isTaken: whether there is a change to say that of.
    func updateWords(_ isTaken: Bool) async -> String {
        guard isTaken, let updates = try? await configUpdates(fresh: true) else { return "" }
        if updates.isFailing {
            return "; configuration updates are failing (\(updates.words)), so that it may not reach its node"
        }
        let waiting = updates.waiting
        if waiting == 0 { return "" }
        return
            "; \(Quantity.count(Int(waiting))) configuration \(waiting == 1 ? "update is" : "updates are") on the way"
    }

    /// Looks every two seconds until something can be said, at most so often.
    ///
    /// - Parameter look: gives what is to be said, or how far it is.
    func follow(
        looks: Int, _ telling: @Sendable (String) -> Void,
        _ look: (_ number: Int) async throws(BackendError) -> Sighting
    ) async throws(BackendError) -> Evidence? {
        var failures = 0
        for number in 0..<max(looks, 1) {
            do throws(BackendError) {
                switch try await look(number) {
                case .evidence(let evidence): return evidence
                case .notYet(let words): telling(words)
                }
                failures = 0
            } catch {
                failures += 1
                if failures > 3 || error.kind == .refused || error.kind == .forbidden { throw error }
                telling("can't be read just now: \(error.words)")
            }
            if number + 1 < looks, (try? await settings.pause(2)) == nil { return nil }
        }
        return nil
    }
}

/// What one look at something that takes its time shows.
enum Sighting {
    case evidence(Evidence)
    case notYet(String)
}
