import AdapterKit
import Domain
import Runtime

/// Finds what the words of a command line mean: a server's own id, a name that only one entity has, or either with its
/// kind in front, as in `alert/4711`.
struct TargetFinder {
    /// An entity that was found.
    struct Found: Sendable, Equatable {
        let entity: EntityRef
        let name: String
        /// What it is on, as a device of an alert; empty where it is on nothing.
        var owner = ""
    }

    /// A word, taken apart.
    private struct Wanted {
        let word: String
        let kinds: [ResourceKind]
        /// The id or name.
        let text: String
        /// Whether the word says the kind.
        let saysKind: Bool
    }

    /// The backends that may have the targets.
    let connections: [Connection]
    /// The kinds that they may be of.
    let kinds: [ResourceKind]
    /// What every failure begins with.
    var prefix = "nothing was sent: "

    /// Finds an entity per word; words that mean the same count once.
    ///
    /// - Throws: a `Failure` with the candidates, when a word means none or several.
    func find(_ words: [String]) async throws -> [Found] {
        let all = words.map { word in
            let parts = KindWord.split(word, among: kinds, at: connections)
            return Wanted(
                word: word, kinds: parts?.kinds ?? kinds, text: parts?.rest ?? word, saysKind: parts != nil)
        }
        var found: [String: [Found]] = [:]
        for connection in connections {
            // A word without its kind may be a name, which is looked for everywhere.
            let asked = connections.count == 1 ? all : all.filter(\.saysKind)
            for (word, matches) in try await byID(asked, connection) { found[word, default: []] += matches }
        }
        let missing = all.filter { found[$0.word] == nil }
        if !missing.isEmpty {
            let rows = try await allRows(of: Set(missing.flatMap(\.kinds)))
            for wanted in missing { found[wanted.word] = try unique(wanted, among: rows) }
        }
        var result: [Found] = []
        for word in words {
            let matches = found[word] ?? []
            guard matches.count == 1, let only = matches.first else {
                throw failure("\(word) is the id of several", matches)
            }
            if !result.contains(where: { $0.entity == only.entity }) { result.append(only) }
        }
        return result
    }

    /// What a backend has under these ids, asked for these alone where it can be.
    private func byID(_ words: [Wanted], _ connection: Connection) async throws -> [String: [Found]] {
        var found: [String: [Found]] = [:]
        for kind in kinds {
            let asked = words.filter { $0.kinds.contains(kind) }
            let refs = asked.map { EntityRef(connection.settings.id, kind, id: $0.text) }
            guard !refs.isEmpty else { continue }
            if connection.adapter.linkedKinds.contains(kind) {
                // It is in no list: only its detail says whether it is there.
                for (wanted, ref) in zip(asked, refs) {
                    do throws(BackendError) {
                        let detail = try await connection.adapter.detail(of: ref)
                        found[wanted.word, default: []].append(Found(entity: ref, name: detail.title))
                    } catch { try excuse(error, connection) }
                }
                continue
            }
            do throws(BackendError) {
                let table = try await Self.table(kind, .only(refs), connection)
                for (wanted, ref) in zip(asked, refs) {
                    guard let row = table.row(of: ref) else { continue }
                    found[wanted.word, default: []].append(Found(entity: ref, name: table.name(row)))
                }
            } catch { try excuse(error, connection) }
        }
        return found
    }

    /// Takes an error for "it has none" where it can be no more: of several backends, one that failed may have it too.
    private func excuse(_ error: BackendError, _ connection: Connection) throws {
        guard connections.count > 1, error.kind != .missing, error.kind != .unsupported else { return }
        throw doubt(error, connection)
    }

    private func doubt(_ error: BackendError, _ connection: Connection) -> Failure {
        Failure(
            .backendFailed,
            "\(connection.settings.name): \(error.words); \(prefix)whether a name or id is unique can't be "
                + "known without it (--backend names the others)")
    }

    /// Every entity that may be meant; a name can't be proven unique without all of them.
    private func allRows(of wanted: Set<ResourceKind>) async throws -> [Found] {
        var rows: [Found] = []
        for connection in connections {
            for kind in kinds
            where wanted.contains(kind) && !connection.adapter.linkedKinds.contains(kind)
                && connection.adapter.resources.contains(where: { $0.kind == kind })
            {
                let table: Table
                do throws(BackendError) {
                    table = try await Self.table(kind, .everything, connection)
                } catch {
                    throw doubt(error, connection)
                }
                let owner = table.resource.index(of: .device)
                rows += table.refs.indices.map { row in
                    var found = Found(entity: table.refs[row], name: table.name(row))
                    if let owner, case .ref(_, let name) = table.value(row, owner) { found.owner = name }
                    return found
                }
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

    /// The entity of a name, as it is written, else in any case; else the only one that has it as its id.
    ///
    /// A bare number is an id of one server alone: which one is to be said.
    private func unique(_ wanted: Wanted, among all: [Found]) throws -> [Found] {
        let text = wanted.text
        let rows = all.filter { wanted.kinds.contains($0.entity.kind) }
        let exact = rows.filter { $0.name == text }
        let matches = exact.isEmpty ? rows.filter { $0.name.lowercased() == text.lowercased() } : exact
        if matches.count == 1 { return matches }
        if matches.count > 1 { throw failure("\(wanted.word) is the name of \(matches.count)", matches) }
        let byID = rows.filter { $0.entity.id == text }
        if byID.count == 1, wanted.saysKind || !text.allSatisfy(\.isNumber) { return byID }
        if byID.count == 1 { throw failure("\(wanted.word) is an id, and no backend was named", byID) }
        if byID.count > 1 { throw failure("\(wanted.word) is the id of \(byID.count)", byID) }
        let part = text.lowercased()
        let owned = rows.filter { $0.owner.lowercased() == part }
        // What is on it is meant, where that is one.
        if owned.count == 1 { return owned }
        if !owned.isEmpty {
            let kinds = Set(owned.map(\.entity.kind.rawValue)).sorted().joined(separator: ", ")
            throw failure("\(wanted.word) is no \(kinds), but has \(owned.count)", owned)
        }
        throw failure("there is no \(wanted.word)", rows.filter { $0.name.lowercased().contains(part) })
    }

    /// Lists the candidates, each as it can be written in the next try.
    private func failure(_ words: String, _ candidates: [Found]) -> Failure {
        let lines = candidates.prefix(20).map { found in
            let backend = connections.first { $0.settings.id == found.entity.backend }?.settings.name ?? ""
            let owner = found.owner.isEmpty ? "" : "\(found.owner): "
            return "\n  --backend \(backend) \(Shell.quoted("\(found.entity.kind)/\(found.entity.id)"))   "
                + owner + found.name
        }
        let more = candidates.count > 20 ? "\n  and \(Quantity.count(candidates.count - 20)) more" : ""
        return Failure(
            .usage,
            prefix + words + (lines.isEmpty ? "" : "; name one by its kind and id:") + lines.joined() + more)
    }
}
