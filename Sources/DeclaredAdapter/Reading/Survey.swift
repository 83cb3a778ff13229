internal import AdapterKit
internal import Domain
internal import JSON

/// What each pointer of a file matched at a server.
package struct Survey: Sendable {
    /// What the server is.
    package let product: String
    /// Each resource, in the order of the file.
    package let resources: [Resource]

    /// One resource.
    package struct Resource: Sendable {
        /// What several are called.
        package let plural: String
        /// The rows of the answer, and those that are of the kind.
        package let rows: Int, kept: Int
        /// The key of each field, and in how many rows its pointers matched, matched nothing, or something of another
        /// type.
        package let fields: [(key: String, found: Int, absent: Int, foreign: Int)]
        /// The pointers that commands on such rows need, and in how many rows each matched something, or null.
        package let commands: [(words: String, found: Int)]
        /// What is missing, in words; nil for nothing.
        package let gap: String?
        /// Why it could not be read; nil where it was.
        package let error: String?
    }
}

extension DeclaredServer {
    /// Reads every list once, and counts.
    func survey() async throws(BackendError) -> Survey {
        let info = try await check()
        var found: [Survey.Resource] = []
        for resource in description.resources {
            do throws(BackendError) {
                let listing = try await list(resource)
                var writer = writer(resource, rows: listing.rows.count)
                for row in listing.rows {
                    writer.add(
                        row, id: row.kind == .object ? identity(of: row, resource) : nil,
                        isSliced: listing.isSliced)
                }
                let commands = pointers(of: resource.descriptor.kind).map { words, pointer in
                    (words, listing.rows.count { pointer.value(in: $0) != nil || pointer.isNull(in: $0) })
                }
                let judged = writer.completeness
                let tally = writer.tally
                let table = writer.finish()
                var gap: String?
                if case .partial(let words) = judged.and(table.decidedness) { gap = words }
                let fields = zip(resource.fields, tally).map {
                    ($0.field.key.rawValue, $1.found, $1.absent, $1.foreign)
                }
                found.append(
                    Survey.Resource(
                        plural: resource.descriptor.plural, rows: listing.rows.count,
                        kept: table.count, fields: fields, commands: commands, gap: listing.gap ?? gap,
                        error: nil))
            } catch {
                found.append(
                    Survey.Resource(
                        plural: resource.descriptor.plural, rows: 0, kept: 0, fields: [], commands: [],
                        gap: nil,
                        error: error.words))
            }
        }
        return Survey(product: info.product, resources: found)
    }

    /// What commands on rows of a kind read of them.
    private func pointers(of kind: ResourceKind) -> [(words: String, pointer: Pointer)] {
        description.commands.filter { $0.target == kind }.flatMap { command -> [(String, Pointer)] in
            let name = command.descriptor.kind.rawValue
            var found = command.skips.map { ("\(name): skip at \($0.condition.at.text)", $0.condition.at) }
            found += (command.state?.pointers ?? []).map { ("\(name): state at \($0.text)", $0) }
            if let shared = command.shared {
                found.append(("\(name): shares at \(shared.at.text)", shared.at))
            }
            for step in command.steps {
                found += step.templates.flatMap(\.pointers).map { ("\(name): step at \($0.text)", $0) }
            }
            // What is read beside the row is not here.
            if command.verification.source == nil {
                let at = command.verification.at
                found.append(("\(name): verify at \(at.text)", at))
            }
            return found
        }
    }
}
