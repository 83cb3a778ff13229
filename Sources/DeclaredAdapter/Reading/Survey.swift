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
                var gap: String?
                if case .partial(let words) = writer.completeness { gap = words }
                let fields = zip(resource.fields, writer.tally).map {
                    ($0.field.key.rawValue, $1.found, $1.absent, $1.foreign)
                }
                found.append(
                    Survey.Resource(
                        plural: resource.descriptor.plural, rows: listing.rows.count,
                        kept: writer.builder.count,
                        fields: fields, gap: listing.gap ?? gap, error: nil))
            } catch {
                found.append(
                    Survey.Resource(
                        plural: resource.descriptor.plural, rows: 0, kept: 0, fields: [], gap: nil,
                        error: error.words))
            }
        }
        return Survey(product: info.product, resources: found)
    }
}
