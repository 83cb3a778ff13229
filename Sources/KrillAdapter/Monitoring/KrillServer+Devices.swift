internal import AdapterKit
internal import Domain
internal import JSON

extension KrillServer {
    /// The least business impact of what belongs to the network; a subscriber's line has less.
    private static let networkImpact = String(Watched.normalImpact)
    /// Seconds for which the whole list of hosts is good enough for what does not change often.
    static let hostsGoodFor: Int64 = 600
    /// The same for devices of less impact: the lists of CPEs read all hosts more often than that.
    static let lesserHostsGoodFor: Int64 = 900

    /// Reads what is no CPE: by its impact where the server understands that, and out of all hosts.
    ///
    /// The network's own hosts are few, so they are read each time: when each was last looked at is a part of what they
    /// say, and that one is well again is only said by itself. That a device has less impact is no reason to leave it
    /// out; only the list of all hosts, which other lists need anyway, says which these are.
    func refreshDevices(_ query: Query, into sink: any SnapshotSink) async throws(BackendError)
        -> Completeness
    {
        // Services that are not well are a part of a device's status.
        var completeness: Completeness
        do throws(BackendError) {
            completeness = try await readProblems(maximumAge: query.isQuick ? 30 : 60)
        } catch {
            if [.refused, .cancelled].contains(error.kind) { throw error }
            completeness = .partial("which services are not well can't be read: \(error.words)")
        }
        if let network = try await readNetwork() {
            completeness = completeness.and(network)
            if !query.isQuick { completeness = completeness.and(try await readLesserHosts(into: sink)) }
        } else {
            completeness = completeness.and(
                try await readAllHosts(maximumAge: query.isQuick ? 60 : Self.hostsGoodFor) { _, words in
                    sink.progress(words)
                })
        }
        completeness = completeness.and(await kinds { $0.isOfUnknownKind })
        let isWhole = completeness == .complete && !query.isQuick
        let table = DeviceRows.table(withMemory { $0.watch }, backend)
        if isWhole || table.count > 0 { sink.add(table, covering: isWhole ? .everything : .page) }
        return completeness
    }

    /// Reads all hosts for those of the network's that have less impact, unless that was done lately; what is known by
    /// then is shown before.
    private func readLesserHosts(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        sink.add(DeviceRows.table(withMemory { $0.watch }, backend), covering: .page)
        do throws(BackendError) {
            return try await readAllHosts(maximumAge: Self.lesserHostsGoodFor) { _, words in
                sink.progress(words)
            }
        } catch {
            if [.refused, .cancelled].contains(error.kind) { throw error }
            return .partial("devices of less impact than normal can't be read: \(error.words)")
        }
    }

    /// Reads the hosts of the network's impact; nil where the server gives CPEs for that as well (the filter's
    /// name follows from others that are known).
    private func readNetwork() async throws(BackendError) -> Completeness? {
        guard withMemory({ $0.filtersByImpact }) else { return nil }
        var missing = MissingFields()
        var all: [Watched] = []
        var isUnderstood = true
        let list = PagedList(
            template: Path.search,
            query: [("type", "Host"), ("business_impact__gte", Self.networkImpact)], title: "devices",
            id: "name")
        let first = try await page(list, offset: 0)
        func take(_ rows: JSONArray) {
            let hosts = Watched.all(in: rows, of: "devices", noting: &missing)
            if hosts.contains(where: { $0.isCPE && !$0.isOfNetwork }) { isUnderstood = false }
            all += hosts
        }
        take(first.rows)
        var arrived = Completeness.complete
        if isUnderstood, let count = first.count, count > first.rows.count {
            all = []
            missing = MissingFields()
            arrived = try await readPages(list) { take($0.rows) }
        }
        guard isUnderstood else {
            withMemory { $0.filtersByImpact = false }
            return nil
        }
        let completeness = arrived.and(missing.completeness)
        withMemory { memory in
            if completeness == .complete { memory.watch.take(network: all) } else { memory.watch.take(all) }
        }
        return completeness
    }

    /// Makes sure of what hosts are that don't say it themselves: the CRM knows its CPEs.
    ///
    /// - Parameter isDoubtful: whether a host is one of them.
    func kinds(where isDoubtful: (Watched) -> Bool) async -> Completeness {
        guard withMemory({ $0.watch.hosts.values.contains(where: isDoubtful) }) else { return .complete }
        let cpes = (try? await readCPEs(maximumAge: Self.cpesGoodFor) { _, _ in }) ?? .partial("")
        if cpes == .complete { return .complete }
        var missing = MissingFields()
        for host in withMemory({ $0.watch.hosts.values.filter(isDoubtful) }) where host.isOfUnknownKind {
            missing.note("vars", of: "hosts")
        }
        return missing.completeness
    }
}

extension Watch {
    /// Takes all hosts of the network: one that is not among them is gone.
    mutating func take(network: [Watched]) {
        let names = Set(network.map(\.name))
        for host in hosts.values where !host.isCPE && host.isOfNetwork && !names.contains(host.name) {
            remove(host.name)
        }
        take(network)
    }
}
