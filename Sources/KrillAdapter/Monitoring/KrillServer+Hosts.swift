internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What the monitoring says, read as seldom as it may be: all hosts with the inventory, problems every minute; and
/// shared by whoever needs it.
extension KrillServer {
    /// Reads all hosts, unless that was done lately; tasks that want the same share one reading.
    ///
    /// - Parameter maximumAge: seconds that what was read before is good for; 0 reads anew.
    func readAllHosts(
        maximumAge: Int64, _ hand: ([Watched], String) -> Void
    ) async throws(BackendError) -> Completeness {
        try await sharing(readingHosts) { () async throws(BackendError) in
            let known = withMemory { $0.watch.wholeAt }
            if let known, settings.now().seconds - known.seconds < maximumAge { return .complete }
            return try await readHosts(hand)
        }
    }

    /// Does something when nobody else does it; who waits finds what the one before it left behind.
    func sharing<Result>(
        _ turnstile: Turnstile, _ work: () async throws(BackendError) -> Result
    ) async throws(BackendError) -> Result {
        do { try await turnstile.enterUnlessCancelled() } catch {
            throw BackendError(.cancelled, "cancelled")
        }
        let result: Swift.Result<Result, BackendError>
        do throws(BackendError) {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        await turnstile.leave()
        return try result.get()
    }

    private func readHosts(_ hand: ([Watched], String) -> Void) async throws(BackendError) -> Completeness {
        var seen: Set<String> = []
        let list = PagedList(template: Path.search, query: [("type", "Host")], title: "hosts", id: "name")
        let completeness = try await readPages(list) { page in
            let hosts = page.rows.compactMap { Watched($0) }
            seen.formUnion(hosts.map(\.name))
            withMemory { $0.watch.take(hosts) }
            hand(hosts, page.words("hosts"))
        }
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
        try await sharing(readingProblems) { () async throws(BackendError) in
            let known = withMemory { $0.watch.problemsAt }
            if let known, settings.now().seconds - known.seconds < maximumAge { return .complete }
            return try await readProblemsNow(priority)
        }
    }

    private func readProblemsNow(_ priority: Int) async throws(BackendError) -> Completeness {
        let hosts = try await problems("Host", priority)
        let services = try await problems("Service", priority)
        let now = settings.now()
        let incomplete = [hosts.1, services.1].first { $0 != .complete }
        withMemory { memory in
            // Only a whole list says that something is well again.
            memory.watch.take(problemHosts: hosts.0, isWhole: hosts.1 == .complete)
            memory.watch.take(problemServices: services.0, isWhole: services.1 == .complete)
            if incomplete == nil { memory.watch.problemsAt = now }
        }
        return incomplete ?? .complete
    }

    private func problems(
        _ type: String, _ priority: Int
    ) async throws(BackendError) -> ([Watched], Completeness) {
        var found: [Watched] = []
        let list = PagedList(
            template: Path.search, query: [("type", type), ("problem", "1")],
            title: type == "Host" ? "hosts with problems" : "services with problems", id: "name",
            priority: priority)
        let completeness = try await readPages(list) { page in
            // A server that does not know the filter gives all.
            found += page.rows.compactMap { Watched($0) }.filter {
                $0.isProblem && $0.isHost == (type == "Host")
            }
        }
        return (found, completeness)
    }
}
