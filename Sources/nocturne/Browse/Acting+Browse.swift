import AdapterKit
import Configuration
import Domain
import HTTP
import Runtime

extension Acting {
    /// Makes the plan of a change.
    func prepare(_ change: BrowseChange, at spot: BrowseSpot) async throws -> Ready {
        let connection = spot.connection
        guard let descriptor = connection.command(change.kind) else {
            throw Failure(.usage, "\(spot.name) offers no \(change.kind)")
        }
        guard
            spot.browser.entry(at: spot.entity, for: change.kind).flatMap({
                spot.browser.method(of: change.kind, at: $0)
            }) != nil
        else {
            throw Failure(.usage, "\(spot.name): \(change.refusal(of: spot.entry)); nothing was sent")
        }
        try permit(connection)
        // What is a secret by its name alone is refused before anything is read.
        try change.refuseSecretsOnLine([], spot)
        var command = Command(change.kind, [spot.entity])
        let opening: Opening
        do throws(BackendError) {
            _ = try await connection.adapter.check()
            opening = try await connection.adapter.form(of: command)
        } catch { throw Self.failure(error, at: connection) }
        command.arguments = try change.arguments(opening, at: spot) { source in
            do throws(SecretError) { return try secrets.resolve(source).exposed } catch {
                throw Failure(.usage, error.words)
            }
        }
        return try await ready(descriptor, [(connection, command)], targets: 1)
    }
}

extension BrowseChange {
    /// That nothing can be done there of this kind, with what can.
    fileprivate func refusal(of entry: CatalogueEntry) -> String {
        let methods = entry.acting.map(\.rawValue)
        let offered = methods.isEmpty ? "it is only read" : "it takes \(methods.joined(separator: ", "))"
        let verb =
            switch kind {
            case .createResource: "nothing can be made"
            case .deleteResource: "it can't be deleted"
            case .replaceResource: "it can't be written whole"
            case .callOperation: "it is no operation"
            default: "it can't be changed"
            }
        return "\(entry.title): \(verb) there; \(offered)"
    }
}
