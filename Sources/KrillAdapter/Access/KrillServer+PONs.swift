internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Counts the ONTs of each PON; the hosts are read with the CPEs, and shared.
    func refreshPONs(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        var completeness: Completeness
        if query.isQuick {
            completeness = try await readProblems(maximumAge: 30)
            guard withMemory({ $0.watch.wholeAt }) != nil else { return completeness }
        } else {
            completeness = try await readAllHosts(maximumAge: Self.hostsGoodFor) { _, words in
                sink.progress(words)
            }
        }
        completeness = completeness.and(await kinds { $0.isOfUnknownKind && $0.lacks.contains(.variables) })
        let watch = withMemory { $0.watch }
        completeness = completeness.and(PONRows.missing(watch).completeness)
        sink.add(
            PONRows.table(watch, backend),
            covering: completeness == .complete && !query.isQuick ? .everything : .page)
        return completeness
    }
}

extension Query {
    /// Whether only what changes often is wanted.
    var isQuick: Bool { scope == .changes }
}
