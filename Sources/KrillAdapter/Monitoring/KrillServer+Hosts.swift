internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What the monitoring says, read as seldom as it may be: all hosts with the inventory, problems every minute; and
/// shared by whoever needs it.
extension KrillServer {
    /// Reads all hosts, unless that was done lately; tasks that want the same share one reading.
    ///
    /// - Parameter maximumAge: seconds; 0 reads anew whatever was read before this call.
    func readAllHosts(
        maximumAge: Int64, _ hand: ([Watched], String) -> Void
    ) async throws(BackendError) -> Completeness {
        let asked = settings.now()
        do { try await readingHosts.enterUnlessCancelled() } catch {
            throw BackendError(.cancelled, "cancelled")
        }
        let result: Result<Completeness, BackendError>
        do throws(BackendError) {
            let known = withMemory { $0.watch.wholeAt }
            if maximumAge > 0, let known, asked.seconds - known.seconds < maximumAge {
                result = .success(.complete)
            } else {
                result = .success(try await readHosts(hand))
            }
        } catch {
            result = .failure(error)
        }
        await readingHosts.leave()
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
        do { try await readingProblems.enterUnlessCancelled() } catch {
            throw BackendError(.cancelled, "cancelled")
        }
        let result: Result<Completeness, BackendError>
        do throws(BackendError) {
            let now = settings.now()
            let known = withMemory { $0.watch.problemsAt }
            if let known, maximumAge > 0, now.seconds - known.seconds < maximumAge {
                result = .success(.complete)
            } else {
                result = .success(try await readProblemsNow(priority))
            }
        } catch {
            result = .failure(error)
        }
        await readingProblems.leave()
        return try result.get()
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
