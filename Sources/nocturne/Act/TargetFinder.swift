import AdapterKit
import Domain
import Runtime

/// Finds what the words of a command line mean: a server's own id, or a name that only one entity has.
struct TargetFinder {
    /// An entity that was found.
    struct Found: Sendable, Equatable {
        let entity: EntityRef
        let name: String
    }

    /// The backends that may have the targets.
    let connections: [Connection]
    /// The kinds that they may be of.
    let kinds: [ResourceKind]

    /// Finds an entity per word; words that mean the same count once.
    ///
    /// - Throws: a `Failure` with the candidates, when a word means none or several.
    func find(_ words: [String]) async throws -> [Found] {
        var found: [String: [Found]] = [:]
        if connections.count == 1, let connection = connections.first {
            found = await byID(words, connection)
        }
        let missing = words.filter { found[$0] == nil }
        if !missing.isEmpty {
            let rows = try await allRows()
            for word in missing {
                found[word] = try Self.unique(word, among: rows, connections)
            }
        }
        var result: [Found] = []
        for word in words {
            let matches = found[word] ?? []
            guard matches.count == 1, let only = matches.first else {
                throw Self.failure("\(word) is the id of several", matches, connections)
            }
            if !result.contains(only) { result.append(only) }
        }
        return result
    }

    /// What the only backend has under these ids, asked for these alone where it can be.
    private func byID(_ words: [String], _ connection: Connection) async -> [String: [Found]] {
        var found: [String: [Found]] = [:]
        for kind in kinds {
            let refs = words.map { EntityRef(connection.settings.id, kind, id: $0) }
            if connection.adapter.linkedKinds.contains(kind) {
                // It is in no list: only its detail says whether it is there.
                for (word, ref) in zip(words, refs) {
                    guard let detail = try? await connection.adapter.detail(of: ref) else { continue }
                    found[word, default: []].append(Found(entity: ref, name: detail.title))
                }
                continue
            }
            guard let table = try? await Self.table(kind, .only(refs), connection) else { continue }
            for (word, ref) in zip(words, refs) {
                guard let row = table.row(of: ref) else { continue }
                found[word, default: []].append(Found(entity: ref, name: table.name(row)))
            }
        }
        return found
    }

    /// Every entity that may be meant; a name can't be proven unique without all of them.
    private func allRows() async throws -> [Found] {
        var rows: [Found] = []
        for connection in connections {
            for kind in kinds where !connection.adapter.linkedKinds.contains(kind) {
                let table: Table
                do throws(BackendError) {
                    table = try await Self.table(kind, .everything, connection)
                } catch {
                    throw Failure(
                        .backendFailed,
                        "\(connection.settings.name): \(error.words); nothing was sent: whether a name is "
                            + "unique can't be known without it (--backend names the others)")
                }
                rows += table.refs.indices.map { Found(entity: table.refs[$0], name: table.name($0)) }
            }
        }
        return rows
    }

    private static func table(
        _ kind: ResourceKind, _ scope: Query.Scope, _ connection: Connection
    ) async throws(BackendError) -> Table {
        guard let resource = connection.adapter.resources.first(where: { $0.kind == kind }) else {
            throw BackendError(.unsupported, "\(connection.settings.name) lists no \(kind)")
        }
        let snapshot = Snapshot(from: .empty(resource, connection.settings.id))
        let arrived = try await connection.adapter.refresh(Query(kind, scope: scope), into: snapshot)
        if case .partial(let words) = arrived, scope == .everything {
            throw BackendError(.invalid, "its \(resource.plural) are incomplete: \(words)")
        }
        return snapshot.finish(arrived).table
    }

    /// The entity of a name: as it is written, else in any case.
    private static func unique(
        _ word: String, among rows: [Found], _ connections: [Connection]
    ) throws -> [Found] {
        let exact = rows.filter { $0.name == word }
        let matches = exact.isEmpty ? rows.filter { $0.name.lowercased() == word.lowercased() } : exact
        switch matches.count {
        case 1: return matches
        case 0:
            let part = word.lowercased()
            let near = rows.filter { $0.name.lowercased().contains(part) || $0.entity.id == word }
            throw failure("there is no \(word)", near, connections)
        default: throw failure("\(word) is the name of \(matches.count)", matches, connections)
        }
    }

    /// Lists the candidates, so that the next try can name one.
    private static func failure(
        _ words: String, _ candidates: [Found], _ connections: [Connection]
    ) -> Failure {
        let lines = candidates.prefix(20).map { found in
            let backend = connections.first { $0.settings.id == found.entity.backend }?.settings.name ?? ""
            return "\n  --backend \(backend) \(found.entity.id)   \(found.entity.kind) \(found.name)"
        }
        let more = candidates.count > 20 ? "\n  and \(Quantity.count(candidates.count - 20)) more" : ""
        return Failure(
            .usage,
            "nothing was sent: \(words)" + (lines.isEmpty ? "" : "; name one by its id:")
                + lines.joined() + more)
    }
}
