internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    func check() async throws(BackendError) -> ServerInfo { try await probe(again: true) }

    /// Finds out what the server speaks and what its clock is; tasks that ask meanwhile share the answer.
    func probe(again: Bool) async throws(BackendError) -> ServerInfo {
        try await probing.once {
            again ? nil : withMemory { $0.dialect }.map { info($0) }
        } or: { () async throws(BackendError) in
            let dialect = try await askForDialect()
            withMemory { $0.dialect = dialect }
            await learnClock(dialect)
            return info(dialect)
        }
    }

    private func info(_ dialect: Dialect) -> ServerInfo {
        var remarks: [String] = []
        if !dialect.takesNotes { remarks.append("keeps no notes on acknowledging") }
        if !dialect.listsAllPorts { remarks.append("gives ports only device by device") }
        return ServerInfo(
            product: dialect.product, clock: withMemory { $0.usableClock }, remarks: remarks)
    }

    /// Finds out what the server speaks.
    ///
    /// `/system` is there since 2019; before it, the list of routes is the only sign. Where that path alone is in
    /// trouble or hangs, the list of routes tells as well.
    private func askForDialect() async throws(BackendError) -> Dialect {
        try await firstAnswer(after: settings.probeWait) { () async throws(BackendError) in
            try await self.dialectBySystem()
        } or: { () async throws(BackendError) in
            let routes = try await self.routes()
            return Dialect(routes, answersSystem: !Dialect.isWhole(routes))
        }
    }

    private func dialectBySystem() async throws(BackendError) -> Dialect {
        let system = try await read(Path.system, priority: 0)
        switch system.status {
        case 200:
            let version = try Verdict.list("system", in: system)?.first?["local_ver"]?.text
            var dialect = Dialect.modern(version.map { String(Cleaning.clean($0).prefix(40)) })
            let routes = await inTime(settings.probeWait) { try? await self.routes() } ?? nil
            if let routes { dialect.take(routes) }
            return dialect
        case 403:
            var dialect = Dialect.modern(nil)
            // A page is no word of LibreNMS: the list of routes says whether it is reached at all.
            if system.page != nil { dialect.take(try await routes()) }
            return dialect
        case 404:
            // Old servers have a page for what they don't know; an answer in JSON is that of a newer one, or of
            // something before it that lets few paths through.
            return Dialect(try await routes(), answersSystem: (try? system.json()) != nil)
        default:
            guard let problem = Verdict.problem(with: system) else { return .modern(nil) }
            guard (500...599).contains(system.status), problem.retryAfter == nil,
                let routes = try? await routes()
            else { throw problem }
            return Dialect(routes, answersSystem: true)
        }
    }

    /// The names of the routes that the server has.
    private func routes() async throws(BackendError) -> Set<String> {
        let root = try Verdict.root(of: try await read(Path.root, priority: 0))
        let names = Set(root.object?.map(\.key) ?? [])
        guard !names.isDisjoint(with: Dialect.signs) else {
            throw BackendError(.invalid, "no LibreNMS API at this address: check url")
        }
        return names
    }
}

extension Dialect {
    /// Routes that every release has; one of them is enough to know it by.
    fileprivate static let signs: Set<String> = ["list_devices", "list_alerts", "get_device", "get_alert"]

    /// What a server speaks whose version is not known.
    ///
    /// - Parameter answersSystem: whether it seems to have `/system`, where the list of routes does not say.
    fileprivate init(_ routes: Set<String>, answersSystem: Bool) {
        self = routes.contains("server_info") || answersSystem ? .modern(nil) : .old
        // A list that something before the server cut says nothing of what is not in it.
        if Self.isWhole(routes) { take(routes) }
    }

    /// Whether nothing before the server cut the list.
    fileprivate static func isWhole(_ routes: Set<String>) -> Bool { routes.contains("list_devices") }

    /// Takes what the server lists: one of a newer release may lack what others have, an older may have more.
    mutating func take(_ routes: Set<String>) {
        self.routes = routes
        listsAllPorts = routes.contains("get_all_ports")
    }
}
