internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Logs in, finds out which API there is and what the account may see.
    func check() async throws(BackendError) -> ServerInfo {
        _ = try await session()
        // The list of CPEs may be what hangs; what is monitored tells as well.
        let version = try await firstAnswer(after: settings.probeWait) { () async throws(BackendError) in
            try await self.askForVersion()
        } or: { () async throws(BackendError) in
            try await self.versionByMonitoring()
        }
        withMemory { $0.version = version }
        var remarks: [String] = []
        if withMemory({ $0.session?.endsAt }) == nil { remarks.append("has no login: HTTP Basic is used") }
        if version == .v1 {
            remarks.append("API v1 alone: no monitoring, no commands")
        } else {
            remarks +=
                await inTime(settings.probeWait) { await self.askForOffers() } ?? [
                    "its monitoring does not answer"
                ]
            await askForForms()
        }
        return ServerInfo(
            product: version.product, clock: ServerClock(offset: 0, isCertain: true), remarks: remarks)
    }

    /// A server without API v2 has no such path; one whose account lacks the right for CPEs has.
    private func askForVersion() async throws(BackendError) -> APIVersion {
        let response = try await read(
            Path.cpes, query: [("attrs", "id"), ("limit", "1")], priority: 0)
        if response.status == 403 { return .v2 }
        guard response.status == 404 else {
            _ = try Verdict.root(of: response)
            return .v2
        }
        let old = try await read(Path.oldCPEs, query: [("limit", "1")], priority: 0)
        let root = try Verdict.root(of: old)
        guard root.array != nil || root["results"]?.array != nil else {
            throw BackendError(.invalid, "no Krill API at this address: check url")
        }
        return .v1
    }

    /// Only v2 has a monitoring.
    private func versionByMonitoring() async throws(BackendError) -> APIVersion {
        let query = [("type", "Host"), ("limit", "1")]
        _ = try Verdict.root(of: try await read(Path.search, query: query, priority: 0))
        return .v2
    }

    /// What may be done to monitored objects: asked of one, since it is documented nowhere (inferred).
    private func askForOffers() async -> [String] {
        let list = PagedList(
            template: Path.search, query: [("type", "Host")], title: "hosts", id: "name", priority: 0)
        do throws(BackendError) {
            let page = try await page(list, offset: 0, limit: 1)
            guard let host = page.rows.first.flatMap({ Watched($0) }) else {
                return ["sees no monitored host"]
            }
            var offers: Set<CommandKind> = []
            for action in MonitoringAction.allCases {
                let isNamed = host.crm.actions.contains(action.word)
                if isNamed {
                    offers.insert(action.kind)
                } else if await isOffered(action, host.name) {
                    offers.insert(action.kind)
                }
            }
            withMemory { [offers] in $0.offers = offers }
            return []
        } catch {
            return error.kind == .forbidden ? ["no right for the monitoring"] : []
        }
    }

    private func isOffered(_ action: MonitoringAction, _ host: String) async -> Bool {
        ((try? await offer(at: action.template, ["name": host])) ?? nil) != nil
    }
}

/// What Icinga can be told about an object, by its likely path below Krill (inferred).
enum MonitoringAction: Sendable, CaseIterable {
    case acknowledge, recheck, downtime

    var kind: CommandKind {
        switch self {
        case .acknowledge: .acknowledge
        case .recheck: .recheck
        case .downtime: .downtime
        }
    }

    var template: PathTemplate {
        switch self {
        case .acknowledge: Acting.acknowledge
        case .recheck: Acting.recheck
        case .downtime: Acting.downtime
        }
    }

    /// The last step of its path.
    var step: String {
        switch self {
        case .acknowledge: "acknowledge"
        case .recheck: "reschedule"
        case .downtime: "downtime"
        }
    }
}
