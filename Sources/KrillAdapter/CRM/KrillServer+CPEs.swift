internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Reads CPEs: all of them with all hosts of the monitoring, what changed, or some.
    func refreshCPEs(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        switch query.scope {
        case .everything: return try await refreshAllCPEs(into: sink)
        case .changes: return try await refreshChangedCPEs(into: sink)
        case .only(let entities): return try await refreshSomeCPEs(entities, into: sink)
        }
    }

    /// The CRM's list first, so that there are rows after the first page; then the monitoring's.
    private func refreshAllCPEs(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let start = settings.now()
        let crm = try await readCPEs { table, page in
            sink.add(table, covering: page.coverage)
            sink.progress(page.words("CPEs"))
        }
        guard withMemory({ $0.version }) != .v1 else { return crm }
        do throws(BackendError) {
            var isShown = false
            // Whoever read all hosts meanwhile did it for this list too.
            let age = max(settings.now().seconds - start.seconds, 1)
            let watch = try await readAllHosts(maximumAge: age) { [self] hosts, words in
                isShown = true
                withMemory { $0.watch.forgetChanges(of: hosts) }
                sink.add(cpeTable(ofHosts: hosts), covering: .page)
                sink.progress("monitoring of \(words)")
            }
            if !isShown {
                let all = withMemory { memory in
                    _ = memory.watch.takeChanges()
                    return memory.cpes.keys.sorted().compactMap { memory.cpes[$0] }
                }
                sink.add(cpeTable(all), covering: .page)
            }
            return crm == .complete ? watch : crm
        } catch {
            if [.refused, .cancelled].contains(error.kind) { throw error }
            return .partial("what the monitoring says of CPEs is missing: \(error.words)")
        }
    }

    /// Reads the CRM's list of CPEs unless it was ever read; tasks that want it at once share one reading.
    func readCPEsIfNeeded() async throws(BackendError) {
        _ = try await sharing(readingCPEs) { () async throws(BackendError) in
            if withMemory({ $0.cpes.isEmpty }) { _ = try await readCPEsNow { _, _ in } }
            return true
        }
    }

    /// Reads the CRM's list of CPEs and remembers it; from API v1 where there is no other.
    func readCPEs(_ hand: (Table, ListPage) -> Void) async throws(BackendError) -> Completeness {
        try await sharing(readingCPEs) { () async throws(BackendError) in try await readCPEsNow(hand) }
    }

    private func readCPEsNow(
        _ hand: (Table, ListPage) -> Void
    ) async throws(BackendError) -> Completeness {
        var seen: Set<Int64> = []
        let completeness = try await readCRM(
            PagedList(
                template: Path.cpes, query: [("attrs", CPE.attributes.joined(separator: ","))], title: "CPEs"),
            old: Path.oldCPEs
        ) { page in
            let cpes = page.rows.compactMap { CPE($0) }
            seen.formUnion(cpes.map(\.id))
            withMemory { $0.take(cpes) }
            hand(cpeTable(cpes), page)
        }
        if completeness == .complete { withMemory { $0.keep(only: seen) } }
        return completeness
    }

    /// Reads a list of the CRM by API v2, or by v1 where that is all there is.
    func readCRM(
        _ list: PagedList, old: PathTemplate, _ take: (ListPage) -> Void
    ) async throws(BackendError) -> Completeness {
        let bare = PagedList(template: old, title: list.title, id: list.id, priority: list.priority)
        if withMemory({ $0.version }) == .v1 { return try await readPages(bare, take) }
        do throws(BackendError) {
            return try await readPages(list, take)
        } catch {
            guard error.kind == .missing, withMemory({ $0.version }) == nil else { throw error }
        }
        let completeness = try await readPages(bare, take)
        withMemory { $0.version = .v1 }
        return completeness
    }

    private func refreshChangedCPEs(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let completeness = try await readProblems(maximumAge: 30)
        let changed = withMemory { memory in
            let ids = memory.watch.takeChanges().compactMap { memory.cpesByHost[$0] }
            return ids.sorted().compactMap { memory.cpes[$0] }
        }
        if !changed.isEmpty { sink.add(cpeTable(changed), covering: .page) }
        return completeness
    }

    private func refreshSomeCPEs(
        _ entities: [EntityRef], into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        for entity in entities where entity.kind == .cpe {
            guard let cpe = try await readCPE(entity.id).flatMap({ CPE($0) }) else { continue }
            withMemory { $0.take([cpe]) }
            if let host = try await objectIfThere(Path.host, ["name": cpe.host]).flatMap({ Watched($0) }) {
                withMemory { $0.watch.take([host]) }
            }
            sink.add(cpeTable([cpe]), covering: .page)
        }
        return .complete
    }

    /// Everything that the CRM says of a CPE; nil when it has none by that number.
    func readCPE(_ id: String, joins: String? = nil) async throws(BackendError) -> JSONValue? {
        try await readRecord(.cpe, id, joins: joins)
    }

    /// Everything that the CRM says of a record; nil when it has none by that number.
    ///
    /// Of API v1 only lists are known: asked by number, and looked through where it does not know that filter.
    func readRecord(
        _ record: RecordKind, _ id: String, joins: String? = nil
    ) async throws(BackendError) -> JSONValue? {
        guard withMemory({ $0.version }) == .v1 else {
            let row = try await objectIfThere(
                record.one, ["id": id], query: joins.map { [("joins", $0)] } ?? [])
            // Some servers find records by numbers of other systems as well.
            if let other = row?["id"]?.text, other != id {
                throw BackendError(
                    .invalid,
                    "asked for \(record.title) \(Cleaning.clean(id)), the server gave \(Cleaning.clean(other))"
                )
            }
            return row
        }
        var found: JSONValue?
        let list = PagedList(
            template: record.old, query: [("id", id)], title: record.title, priority: 0)
        _ = try await readPages(list) { page in
            found = found ?? page.rows.first { $0["id"]?.text == id }
        }
        return found
    }

    func cpeTable(_ cpes: some Sequence<CPE>) -> Table {
        CPERows(backend: backend, memory: withMemory { $0 }).table(cpes)
    }

    private func cpeTable(ofHosts hosts: [Watched]) -> Table {
        cpeTable(
            withMemory { memory in
                hosts.compactMap { memory.cpesByHost[$0.name] }.compactMap { memory.cpes[$0] }
            })
    }
}

extension Memory {
    /// Takes CPEs of the CRM's list.
    mutating func take(_ some: [CPE]) {
        for cpe in some {
            cpes[cpe.id] = cpe
            cpesByHost[cpe.host] = cpe.id
        }
    }

    /// Ends a reading of the whole list: what was not in it is gone.
    mutating func keep(only ids: Set<Int64>) {
        cpes = cpes.filter { ids.contains($0.key) }
        cpesByHost = cpesByHost.filter { ids.contains($0.value) }
    }

    /// The number of the CPE behind a monitored host, by the monitoring's word or the CRM's.
    func cpe(ofHost name: String) -> Int64? { watch.hosts[name]?.crm.cpe ?? cpesByHost[name] }
}
