internal import AdapterKit
internal import Domain
internal import HTTP

/// The pages of LibreNMS' own web interface, by addresses that releases of 2016 and today's both know.
extension LibreNMSServer {
    var webKinds: Set<ResourceKind> {
        [.device, .port, .alert, .rule, .bill, .group, .part, .sensor, .oxidized]
    }

    func webAddress(of entity: EntityRef, field: (FieldKey) -> Value) -> String? {
        guard settings.endpoint.basePath.hasSuffix(LibreNMS.descriptor.basePath) else { return nil }
        let base = settings.endpoint.basePath.dropLast(LibreNMS.descriptor.basePath.count)
        let home = "\(settings.endpoint.origin)\(base)"
        func page(ofDevice device: String, _ rest: String = "") -> String {
            "\(home)/device/device=\(PercentEncoding.segment(device))/\(rest)"
        }
        let id = PercentEncoding.segment(entity.id)
        let device: String? = if case .ref(let device, _) = field(.device) { device.id } else { nil }
        switch entity.kind {
        case .device: return page(ofDevice: entity.id)
        case .port: return device.map { page(ofDevice: $0, "tab=port/port=\(id)/") }
        case .alert: return device.map { page(ofDevice: $0, "tab=alerts/") } ?? "\(home)/alerts/"
        case .rule: return "\(home)/alert-rules/"
        case .bill: return "\(home)/bill/bill_id=\(id)/"
        case .group: return "\(home)/devices/group=\(id)/"
        case .part: return device.map { page(ofDevice: $0, "tab=entphysical/") }
        case .sensor: return device.map { page(ofDevice: $0, "tab=health/") }
        case .oxidized: return device.map { page(ofDevice: $0, "tab=showconfig/") }
        default: return nil
        }
    }
}
