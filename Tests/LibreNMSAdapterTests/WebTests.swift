import AdapterKit
import Domain
import HTTP
import Testing

@testable import LibreNMSAdapter

@Suite("The web interface of LibreNMS")
struct WebTests {
    private let server: LibreNMSServer
    init() throws { server = LibreNMSServer.unhurried(try RecordedLibreNMS("26.7").transport()) }

    private func address(_ kind: ResourceKind, _ id: String, device: String? = nil) -> String? {
        let entity = EntityRef(server.backend, kind, id: id)
        return server.webAddress(of: entity) { key in
            guard key == .device, let device else { return .none }
            return .ref(EntityRef(server.backend, .device, id: device), name: "gw1")
        }
    }

    @Test("entities have the pages that the interface has of them")
    func pages() {
        let home = "https://nms.example.net"
        #expect(address(.device, "7") == "\(home)/device/device=7/")
        #expect(address(.port, "12", device: "7") == "\(home)/device/device=7/tab=port/port=12/")
        #expect(address(.alert, "3", device: "7") == "\(home)/device/device=7/tab=alerts/")
        #expect(address(.alert, "3") == "\(home)/alerts/")
        #expect(address(.rule, "3") == "\(home)/alert-rules/")
        #expect(address(.bill, "3") == "\(home)/bill/bill_id=3/")
        #expect(address(.group, "3") == "\(home)/devices/group=3/")
    }

    @Test("what needs a device has no page where the device is not known")
    func withoutDevice() { #expect(address(.port, "12") == nil) }

    @Test("an identifier that a server made up can't leave its place in the address")
    func hostile() {
        #expect(address(.bill, "../../x?y#z") == "https://nms.example.net/bill/bill_id=..%2F..%2Fx%3Fy%23z/")
        #expect(
            address(.port, "1", device: "@evil.example/")?.hasPrefix(
                "https://nms.example.net/device/device=%40evil") == true)
    }

    @Test("every kind that is said to have a page has one")
    func kinds() {
        for kind in server.webKinds { #expect(address(kind, "1", device: "2") != nil) }
    }
}
