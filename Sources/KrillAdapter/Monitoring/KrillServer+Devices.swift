internal import AdapterKit
internal import Domain
internal import JSON

extension KrillServer {
    /// The least business impact of what belongs to the network; a subscriber's line has less.
    private static let networkImpact = "2"
    /// Seconds for which the whole list of hosts is good enough for what does not change often.
    static let hostsGoodFor: Int64 = 600

    /// Reads what is no CPE: by its impact where the server understands that, else out of all hosts.
    func refreshDevices(_ query: Query, into sink: any SnapshotSink) async throws(BackendError)
        -> Completeness
    {
        if case .changes = query.scope {
            let completeness = try await readProblems(maximumAge: 30)
            let table = DeviceRows.table(withMemory { $0.watch }, backend)
            if table.count > 0 { sink.add(table, covering: .page) }
            return completeness
        }
        var completeness = Completeness.complete
        if try await !readNetwork() {
            completeness = try await readAllHosts(maximumAge: Self.hostsGoodFor) { _, words in
                sink.progress(words)
            }
        }
        sink.add(
            DeviceRows.table(withMemory { $0.watch }, backend),
            covering: completeness == .complete ? .everything : .page)
        return completeness
    }

    /// Reads the hosts of the network's impact; false where the server gives CPEs for that as well (the filter's
    /// name follows from others that are known).
    private func readNetwork() async throws(BackendError) -> Bool {
        guard withMemory({ $0.filtersByImpact }) else { return false }
        let list = PagedList(
            template: Path.search,
            query: [("type", "Host"), ("business_impact__gte", Self.networkImpact)], title: "devices",
            id: "name")
        let first = try await page(list, offset: 0)
        let hosts = first.rows.compactMap { Watched($0) }
        guard !hosts.contains(where: { $0.isCPE && ($0.impact ?? 0) < 2 }) else {
            withMemory { $0.filtersByImpact = false }
            return false
        }
        var all = hosts
        if let count = first.count, count > hosts.count {
            all = []
            let completeness = try await readPages(list) { all += $0.rows.compactMap { Watched($0) } }
            guard completeness == .complete else { return false }
        }
        withMemory { $0.watch.take(network: all) }
        return true
    }
}

extension Watch {
    /// Takes all hosts of the network: one that is not among them is gone.
    mutating func take(network: [Watched]) {
        let names = Set(network.map(\.name))
        forget { !$0.isCPE && ($0.impact ?? 0) >= 2 && !names.contains($0.name) }
        take(network)
    }
}
