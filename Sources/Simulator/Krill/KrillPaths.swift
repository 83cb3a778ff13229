/// Every path of Krill's API, as the release has it.
enum KrillPaths {
    static func all(_ release: KrillRelease) -> [KrillPath] {
        switch release.version {
        case .v1Only:
            return [
                old("cpes", CPEColumns.resource), old("customers", CustomerColumns.resource),
                old("potses", PotsColumns.resource),
            ]
        case .v2:
            let roots = ["isp/cpes/{id}"] + (release.answersShortLinks ? ["cpes/{id}"] : [])
            return login + roots.flatMap(cpes) + roots.flatMap(stories) + isp + monitoring + graphs
                + summaries + (release.offersMonitoringActions ? monitoringActions(release) : []) + oratio
                + gpon
                + lesser + PlainResource.all.flatMap { $0.resource.paths }
        }
    }

    /// API v1: a bare list without links, filtered as today's.
    private static func old<Record>(_ path: String, _ resource: KrillResource<Record>) -> KrillPath {
        var resource = resource
        resource.paging = .bare
        resource.fields.removeAll { $0.words.name.hasPrefix("_") }
        return .get(path, "\(resource.title) List") { [resource] in $0.answer(listing: resource) }
    }

    private static let isp: [KrillPath] =
        CPEColumns.resource.paths + CustomerColumns.resource.paths + PotsColumns.resource.paths

    private static let monitoring: [KrillPath] = [
        .get("monitoring/search", "Search", forgivesSlash: true) { $0.search() },
        .get("monitoring/hosts/{name}", "Host", forgivesSlash: true) { $0.showHost() },
    ]
}
