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

    /// Seconds for which the CRM's list is good enough for what is counted by it.
    static let cpesGoodFor: Int64 = 900

    /// The CRM's list first, so that there are rows after the first page; then the monitoring's.
    private func refreshAllCPEs(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let start = settings.now()
        // Whoever reads a list meanwhile does it for this one too.
        func age() -> Int64 { max(settings.now().seconds - start.seconds, 1) }
        var isHanded = false
        let crm = try await readCPEs(maximumAge: age()) { table, page in
            isHanded = true
            sink.add(table, covering: page.coverage)
            sink.progress(page.words("CPEs"))
        }
        if !isHanded {
            sink.add(allCPEs(), covering: withMemory { $0.readings[.cpes]?.coverage } ?? .page)
        }
        guard withMemory({ $0.version }) != .v1 else { return crm }
        do throws(BackendError) {
            // A line with a service that is not well is not up.
            let problems = try await readProblems(maximumAge: 60)
            var isShown = false
            let hosts = try await readAllHosts(maximumAge: age()) { [self] hosts, words in
                isShown = true
                withMemory { $0.watch.forgetChanges(of: hosts.map(\.name), for: .cpes) }
                sink.add(cpeTable(ofHosts: hosts), covering: .page)
                sink.progress("monitoring of \(words)")
            }
            // That a line is in no list is only known at their end.
            if isShown {
                let rest = withMemory { memory in
                    _ = memory.watch.takeChanges(for: .cpes)
                    return memory.cpes.values.filter { memory.watch.hosts[$0.host] == nil }
                }
                sink.add(cpeTable(rest.sorted { $0.id < $1.id }), covering: .page)
            } else {
                sink.add(allCPEs(), covering: .page)
            }
            return crm.and(problems).and(hosts)
        } catch {
            if [.refused, .cancelled].contains(error.kind) { throw error }
            return crm.and(.partial("what the monitoring says of CPEs is missing: \(error.words)"))
        }
    }

    private func allCPEs() -> Table {
        cpeTable(
            withMemory { memory in
                _ = memory.watch.takeChanges(for: .cpes)
                return memory.cpes.keys.sorted().compactMap { memory.cpes[$0] }
            })
    }

    /// Reads the CRM's list of CPEs and remembers it, unless that was done lately; from API v1 where there is no other.
    ///
    /// - Parameter hand: takes the rows of each page; nothing where the list was read before.
    func readCPEs(
        maximumAge: Int64 = 0, _ hand: (Table, ListPage) -> Void
    ) async throws(BackendError) -> Completeness {
        try await once(.cpes, readingCPEs, maximumAge) {
            (coverage: inout Coverage) async throws(BackendError) in
            try await readCPEsNow { table, page in
                if page.coverage == .slice { coverage = .slice }
                hand(table, page)
            }
        }
    }

    private func readCPEsNow(
        _ hand: (Table, ListPage) -> Void
    ) async throws(BackendError) -> Completeness {
        var seen: Set<Int64> = []
        var missing = MissingFields()
        let arrived = try await readCRM(
            PagedList(
                template: Path.cpes, query: [("attrs", CPE.attributes.joined(separator: ","))], title: "CPEs"),
            old: Path.oldCPEs
        ) { page in
            let cpes = page.rows.compactMap { row in
                let cpe = CPE(row)
                if cpe == nil { missing.note("id", of: "CPEs") }
                return cpe
            }
            seen.formUnion(cpes.map(\.id))
            withMemory { $0.take(cpes) }
            hand(cpeTable(cpes), page)
        }
        let completeness = arrived.and(missing.completeness)
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
            let ids = memory.watch.takeChanges(for: .cpes).compactMap { memory.watch.cpesByHost[$0] }
            return ids.sorted().compactMap { memory.cpes[$0] }
        }
        if !changed.isEmpty { sink.add(cpeTable(changed), covering: .page) }
        return completeness
    }

    private func refreshSomeCPEs(
        _ entities: [EntityRef], into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        var missing = MissingFields()
        for entity in entities where entity.kind == .cpe {
            guard let cpe = try await readCPE(entity.id).flatMap({ CPE($0) }) else { continue }
            withMemory { $0.take([cpe]) }
            if withMemory({ $0.version }) != .v1 {
                let row = try await objectIfThere(
                    Path.host, ["name": cpe.host], query: [("joins", "services")])
                let host = row.flatMap { Watched($0) }
                let rows = row?["joins"]?["services"]?.array
                let services = rows.map { Watched.all(in: $0, of: "services", noting: &missing) }
                withMemory { memory in
                    if let host { memory.watch.take([host]) } else { memory.watch.remove(cpe.host) }
                    if let services { memory.watch.take(services: services, of: cpe.host) }
                }
            }
            sink.add(cpeTable([cpe]), covering: .page)
        }
        return missing.completeness
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
                hosts.compactMap { memory.watch.cpesByHost[$0.name] }.compactMap { memory.cpes[$0] }
            })
    }
}

extension Memory {
    /// Takes CPEs of the CRM's list.
    mutating func take(_ some: [CPE]) {
        for cpe in some where cpes[cpe.id] != cpe {
            cpes[cpe.id] = cpe
            revision += 1
        }
        watch.take(some)
    }

    /// Ends a reading of the whole list: what was not in it is gone.
    mutating func keep(only ids: Set<Int64>) {
        if cpes.count != ids.count { revision += 1 }
        cpes = cpes.filter { ids.contains($0.key) }
        watch.keep(only: ids)
    }

    /// The number of the CPE behind a monitored host, by the monitoring's word or the CRM's.
    func cpe(ofHost name: String) -> Int64? { watch.hosts[name]?.crm.cpe ?? watch.cpesByHost[name] }
}
