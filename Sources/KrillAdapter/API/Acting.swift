internal import Domain
internal import HTTP
internal import JSON

/// The paths that change something, most of them by GET.
///
/// None is among the reads that are declared, so that the transport refuses to read them.
enum Acting {
    /// Icinga's own actions by their likely names; sent only where OPTIONS or the object offers them (inferred).
    static let acknowledge: PathTemplate = "/v2/monitoring/hosts/{name}/acknowledge/"
    static let recheck: PathTemplate = "/v2/monitoring/hosts/{name}/reschedule/"
    static let downtime: PathTemplate = "/v2/monitoring/hosts/{name}/downtime/"

    /// Where a server may take the same of a service by a path of its own, where the body of the host's names none
    /// (inferred).
    static func belowHost(_ action: MonitoringAction) -> PathTemplate {
        PathTemplate("/v2/monitoring/hosts/{name}/services/{service}/\(action.step)/")
    }
    static func apart(_ action: MonitoringAction) -> PathTemplate {
        PathTemplate("/v2/monitoring/services/{name}/\(action.step)/")
    }

    static let disconnect: PathTemplate = "/v2/oratio/accounting/{id}/disconnect/"
    static let enableONU: PathTemplate = "/v2/gpon/unconfigured/{id}/enable/"

    /// Everything that acts by GET.
    static let gets: [PathTemplate] =
        CPEAction.allCases.flatMap { [$0.template, $0.shortTemplate] } + [disconnect]
}

/// What can be done to a CPE by the links that its record has under `_links.actions`.
///
/// That a reboot is a GET is documented; that the others are too is inferred. A server that wants POST says so by
/// 405, which proves that nothing was done.
enum CPEAction: String, Sendable, Hashable, CaseIterable {
    case reboot, reprovision, unprovision, factory, reconfig, diagnostic

    /// The action of a command.
    init?(_ kind: CommandKind) {
        switch kind {
        case .rebootCPE: self = .reboot
        case .reprovisionCPE: self = .reprovision
        case .unprovisionCPE: self = .unprovision
        case .factoryResetCPE: self = .factory
        case .reconfigureCPE: self = .reconfig
        case .diagnostic: self = .diagnostic
        default: return nil
        }
    }

    /// The last step of its path.
    var step: String { self == .diagnostic ? "cwmp_diagnostic" : rawValue }

    /// Its path with the application, as newer servers and the document have it.
    var template: PathTemplate { PathTemplate("/v2/isp/cpes/{id}/\(step)/") }
    /// Its path as older servers write their links.
    var shortTemplate: PathTemplate { PathTemplate("/v2/cpes/{id}/\(step)/") }

    /// The path to send to, by the link that the server gave: one of two known shapes with the CPE's own number,
    /// made again below the base path.
    ///
    /// Any other link is not believed, and the document's path is used.
    func template(by link: String?, of id: String) -> PathTemplate {
        guard let link, let start = link.firstRange(of: "/v2/") else { return template }
        let path = link[start.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let steps = path.split(separator: "/").map(String.init)
        return steps == ["cpes", id, step] ? shortTemplate : template
    }
}

/// How a server wants an action.
enum ActionMethod: Sendable {
    case get, post
}
