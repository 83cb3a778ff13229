import AdapterKit
import Domain
import HTTP
import Runtime

/// A place in the API of one backend.
struct BrowseSpot: Sendable {
    let connection: Connection
    let browser: Browser
    /// The place.
    let entity: EntityRef
    /// What the catalogue says of it.
    let entry: CatalogueEntry

    /// The name of the backend.
    var name: String { connection.settings.name }

    /// Finds what a path means, without asking a server.
    ///
    /// - Throws: a `Failure` with the nearest paths, where no backend has it, and with the backends, where several do.
    static func find(_ path: String, among connections: [Connection]) throws -> BrowseSpot {
        let spots = connections.compactMap { BrowseSpot(path, at: $0) }
        if spots.count == 1, let spot = spots.first {
            try spot.refuseUnfilled(path)
            return spot
        }
        guard spots.isEmpty else {
            let names = spots.map(\.name).joined(separator: ", ")
            throw Failure(.usage, "several backends have \(path): give one of \(names) in front of it")
        }
        guard connections.count == 1, let only = connections.first else {
            let names = connections.map(\.settings.name)
            let isAddress = path.hasPrefix("http://") || path.hasPrefix("https://")
            throw Failure(
                .usage,
                isAddress
                    ? "\(path) is at no configured backend, or no path that nocturne knows"
                    : "none of \(names.joined(separator: ", ")) has \(path)\(hint(path, connections))")
        }
        guard only.adapter.browser != nil else { throw silent(only) }
        throw Failure(
            .usage,
            "\(only.settings.name) has no \(path) that nocturne knows\(hint(path, [only])); "
                + "nocturne browse \(Shell.quoted(only.settings.name)) lists all paths")
    }

    private init?(_ path: String, at connection: Connection) {
        guard let browser = connection.adapter.browser, let entity = browser.entity(at: path),
            let entry = browser.entry(at: entity)
        else { return nil }
        self.connection = connection
        self.browser = browser
        self.entity = entry.isRead ? entity : EntityRef(entity.backend, .operation, id: entity.id)
        self.entry = entry
    }

    /// A path of the catalogue stands there with what is to be filled in.
    private func refuseUnfilled(_ path: String) throws {
        guard let hole = entry.template.holes.first(where: { path.contains("{\($0)}") }) else { return }
        let above = path.prefix { $0 != "{" }
        throw Failure(
            .usage, "\(entry.title): give the \(hole) in place of {\(hole)}; nocturne browse \(name) \(above)"
        )
    }

    /// Why a backend offers no paths: it can't be used at all, or nocturne has no list of them.
    private static func silent(_ connection: Connection) -> Failure {
        let error = wait(for: { () async -> BackendError? in
            do throws(BackendError) {
                _ = try await connection.adapter.check()
                return nil
            } catch { return error }
        })
        if let error { return Failure(.backendFailed, "\(connection.settings.name): \(error.words)") }
        return Failure(.usage, "nocturne knows no paths of \(connection.settings.name)")
    }

    private static func hint(_ path: String, _ connections: [Connection]) -> String {
        let nearest = connections.flatMap { $0.adapter.browser?.nearest(to: path) ?? [] }
        if nearest.count == 1 { return "; did you mean \(nearest[0])?" }
        let shown = nearest.prefix(8).joined(separator: ", ")
        return nearest.isEmpty ? "" : "; there is: \(shown)" + (nearest.count > 8 ? ", …" : "")
    }

    /// What was read.
    ///
    /// - Throws: a `Failure` that says what went wrong.
    func value<Answer>(of result: Result<Answer, BackendError>) throws -> Answer {
        switch result {
        case .success(let answer): return answer
        case .failure(let error):
            let isUsage = error.kind == .missing || error.kind == .unsupported
            throw Failure(isUsage ? .usage : .backendFailed, "\(name): \(error.words)")
        }
    }
}

extension CatalogueEntry {
    /// Whether it is something to look at, rather than something to run.
    var isRead: Bool { isReadable || isAskedByPost }
}
