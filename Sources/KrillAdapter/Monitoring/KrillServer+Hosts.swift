internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What the monitoring says, read as seldom as it may be: all hosts with the inventory, problems every minute; and
/// shared by whoever needs it.
extension KrillServer {
    /// Reads all hosts, unless that was done lately; tasks that want the same share one reading.
    ///
    /// - Parameter maximumAge: seconds that what was read before is good for; 0 reads again.
    func readAllHosts(
        maximumAge: Int64, _ hand: ([Watched], String) -> Void
    ) async throws(BackendError) -> Completeness {
        try await once(.hosts, readingHosts, maximumAge) { (_: inout Coverage) async throws(BackendError) in
            try await readHosts(hand)
        }
    }

    /// Reads something that several lists are made of, unless that was done lately.
    func once(
        _ reading: SharedReading, _ mutex: AsyncMutex, _ maximumAge: Int64,
        _ read: (inout Coverage) async throws(BackendError) -> Completeness
    ) async throws(BackendError) -> Completeness {
        try await mutex.once {
            withMemory { $0.readings[reading]?.answer(at: settings.now(), maximumAge: maximumAge) }
        } or: { () async throws(BackendError) in
            var coverage = Coverage.page
            let completeness = try await read(&coverage)
            let done = Reading(at: settings.now(), completeness: completeness, coverage: coverage)
            withMemory { $0.readings[reading] = done }
            return completeness
        }
    }

    private func readHosts(_ hand: ([Watched], String) -> Void) async throws(BackendError) -> Completeness {
        var seen: Set<String> = []
        var missing = MissingFields()
        let list = PagedList(template: Path.search, query: [("type", "Host")], title: "hosts", id: "name")
        let arrived = try await readPages(list) { page in
            let hosts = Watched.all(in: page.rows, of: "hosts", noting: &missing)
            seen.formUnion(hosts.map(\.name))
            withMemory { $0.watch.take(hosts) }
            hand(hosts, page.words("hosts"))
        }
        let completeness = arrived.and(missing.completeness)
        if completeness == .complete {
            let now = settings.now()
            withMemory { $0.watch.keep(only: seen, at: now) }
        }
        return completeness
    }

    /// Reads hosts and services that are not well, unless that was done lately.
    ///
    /// - Parameter maximumAge: seconds.
    func readProblems(maximumAge: Int64, priority: Int = 1) async throws(BackendError) -> Completeness {
        try await once(.problems, readingProblems, maximumAge) {
            (_: inout Coverage) async throws(BackendError) in
            try await readProblemsNow(priority)
        }
    }

    private func readProblemsNow(_ priority: Int) async throws(BackendError) -> Completeness {
        let hosts = try await problems("Host", priority)
        let services = try await problems("Service", priority)
        let now = settings.now()
        let completeness = hosts.1.and(services.1)
        withMemory { memory in
            // Only a whole list says that something is well again.
            memory.watch.take(problemHosts: hosts.0, isWhole: hosts.1 == .complete)
            memory.watch.take(problemServices: services.0, isWhole: services.1 == .complete)
            if completeness == .complete { memory.watch.problemsAt = now }
        }
        return completeness
    }

    private func problems(
        _ type: String, _ priority: Int
    ) async throws(BackendError) -> ([Watched], Completeness) {
        var found: [Watched] = []
        var missing = MissingFields()
        let list = PagedList(
            template: Path.search, query: [("type", type), ("problem", "1")],
            title: type == "Host" ? "hosts with problems" : "services with problems", id: "name",
            priority: priority)
        let arrived = try await readPages(list) { page in
            for object in Watched.all(in: page.rows, of: list.title, noting: &missing)
            where object.isHost == (type == "Host") {
                object.noteMissing(of: list.title, in: &missing)
                // A server that does not know the filter gives all.
                if object.isProblem { found.append(object) }
            }
        }
        return (found, arrived.and(missing.completeness))
    }
}
