internal import HTTP

/// The paths of the API that this adapter reads, below its base path; Django wants the slash at the end.
enum Path {
    // Application auth.
    static let login: PathTemplate = "/v2/auth/login/"
    static let refresh: PathTemplate = "/v2/auth/refresh/"
    static let user: PathTemplate = "/v2/auth/user/"

    // Application isp, the CRM.
    static let cpes: PathTemplate = "/v2/isp/cpes/"
    static let cpe: PathTemplate = "/v2/isp/cpes/{id}/"
    static let customers: PathTemplate = "/v2/isp/customers/"
    static let customer: PathTemplate = "/v2/isp/customers/{id}/"
    static let potses: PathTemplate = "/v2/isp/potses/"
    static let pots: PathTemplate = "/v2/isp/potses/{id}/"
    static let cpeEvents: PathTemplate = "/v2/isp/cpes/{id}/events/"
    static let cpeLogs: PathTemplate = "/v2/isp/cpes/{id}/logs/"
    static let cpeLinks: PathTemplate = "/v2/isp/cpes/{id}/links/"

    // Application monitoring.
    static let search: PathTemplate = "/v2/monitoring/search/"
    static let host: PathTemplate = "/v2/monitoring/hosts/{name}/"
    /// Polls the OLT: seconds, and a burden to it.
    static let info: PathTemplate = "/v2/monitoring/cpes/{id}/info/"
    static let graphs: PathTemplate = "/v2/monitoring/graphs/"
    static let datasets: PathTemplate = "/v2/monitoring/datasets/"

    // Applications oratio, gpon and docsis.
    static let sessions: PathTemplate = "/v2/oratio/accounting/"
    static let pools: PathTemplate = "/v2/oratio/pools/"
    static let pool: PathTemplate = "/v2/oratio/pools/{name}/stats/"
    static let unconfigured: PathTemplate = "/v2/gpon/unconfigured/"
    static let onuStatus: PathTemplate =
        "/v2/gpon/olts/{olt}/frames/{frame}/slots/{slot}/ports/{port}/onus/status/"
    static let macDomains: PathTemplate = "/v2/docsis/mac-domains/"
    static let fiberNodes: PathTemplate = "/v2/docsis/fiber-nodes/"

    // API v1: bare lists.
    static let oldCPEs: PathTemplate = "/cpes/"
    static let oldCustomers: PathTemplate = "/customers/"
    static let oldPotses: PathTemplate = "/potses/"

    /// Everything that may be read with GET.
    static let reads = [
        user, cpes, cpe, customers, customer, potses, pots, cpeEvents, cpeLogs, cpeLinks, search, host, info,
        graphs, sessions, pools, pool, unconfigured, onuStatus, macDomains, fiberNodes,
        oldCPEs, oldCustomers, oldPotses,
    ]
    /// Everything that may be asked what it takes.
    static let options =
        [cpes, customers, potses, Acting.enableONU]
        + MonitoringAction.allCases.flatMap { [$0.template, Acting.belowHost($0), Acting.apart($0)] }
    /// What is read with POST.
    static let readingPosts = [login, refresh, datasets]
}
