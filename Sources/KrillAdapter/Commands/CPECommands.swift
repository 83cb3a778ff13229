internal import Domain

extension CommandDescriptor {
    /// `GET isp/cpes/{id}/reboot/`.
    static let reboot = CommandDescriptor(
        .rebootCPE, title: "Reboot CPE", targets: [.cpe], tier: .hurts,
        effect: "The customer's equipment restarts: for one to three minutes there is no service.",
        guardWindow: 600)

    /// `GET isp/cpes/{id}/reprovision/` (method inferred).
    static let reprovision = CommandDescriptor(
        .reprovisionCPE, title: "Reprovision CPE", targets: [.cpe], tier: .hurts,
        effect: "The line's service ports are taken out of the OLT and put back: service stops meanwhile.",
        guardWindow: 600)

    /// `GET isp/cpes/{id}/unprovision/` (method inferred).
    static let unprovision = CommandDescriptor(
        .unprovisionCPE, title: "Unprovision CPE", targets: [.cpe], tier: .hurts,
        effect: "The line's service ports are taken out of the OLT: the customer has no service until it is "
            + "provisioned again.")

    /// `GET isp/cpes/{id}/factory/` (method inferred).
    static let factoryReset = CommandDescriptor(
        .factoryResetCPE, title: "Factory reset of a CPE", targets: [.cpe], tier: .hurts,
        effect: "The equipment forgets its configuration, the customer's own settings too, and restarts.")

    /// `GET isp/cpes/{id}/reconfig/` (method inferred).
    static let reconfigure = CommandDescriptor(
        .reconfigureCPE, title: "Reconfigure CPE", targets: [.cpe], tier: .touchesService,
        effect: "The ACS writes the configuration to the equipment again, by TR-069.")

    /// `GET isp/cpes/{id}/cwmp_diagnostic/` (method inferred).
    static let diagnostic = CommandDescriptor(
        .diagnostic, title: "Diagnostic of a CPE", targets: [.cpe], tier: .harmless,
        effect: "The ACS has the equipment test its line: ping, DNS, radio.")
}

extension CPEAction {
    /// What it does in a few words, before the name.
    var verb: String {
        switch self {
        case .reboot: "Reboot"
        case .reprovision: "Reprovision"
        case .unprovision: "Take out of the OLT"
        case .factory: "Set to what left the factory"
        case .reconfig: "Reconfigure"
        case .diagnostic: "Test the line of"
        }
    }

    /// What it costs.
    var cost: String? {
        switch self {
        case .reboot: "no service for one to three minutes"
        case .reprovision: "no service while it is put back"
        case .unprovision: "no service until it is provisioned again"
        case .factory: "the customer's own settings are lost"
        case .reconfig, .diagnostic: nil
        }
    }

    /// Why the CRM forbids it; nil when it does not.
    func obstacle(_ cpe: CPE) -> String? {
        switch self {
        case .reprovision where cpe.isProvisioned == false, .unprovision where cpe.isProvisioned == false:
            "the CRM says not to provision it (disable_provision)"
        case .reconfig where cpe.isConfigured == false: "the CRM says not to configure it (disable_reconfig)"
        default: nil
        }
    }

    /// What the CRM leaves open that might forbid it; nil where it says all of it.
    func doubt(_ cpe: CPE) -> String? {
        switch self {
        case .reprovision where cpe.isProvisioned == nil, .unprovision where cpe.isProvisioned == nil:
            "the CRM does not say whether it may be provisioned (disable_provision)"
        case .reconfig where cpe.isConfigured == nil:
            "the CRM does not say whether it may be configured (disable_reconfig)"
        default: nil
        }
    }
}
