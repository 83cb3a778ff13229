import Domain
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: what rows are linked by")
struct LinkKeyTests {
    /// The fields of a resource that link, and those whose references depend.
    private func words(_ resource: ResourceDescriptor) -> Set<String> {
        let keys = resource.fields.compactMap { field in field.links.map { "\(field.key) \($0)" } }
        return Set(
            keys + resource.fields.compactMap { field in field.dependence.map { "\(field.key) \($0)" } })
    }

    @Test("devices, ports and bills say by what other servers know them")
    func fields() {
        #expect(
            words(.device) == [
                "name hostName", "hostname hostName", "sysname hostName", "ip address", "serial serial",
                "parent ofRow",
            ])
        #expect(words(.port) == ["device ofRow", "name interface", "alias label", "mac mac"])
        #expect(words(.bill) == ["custid ofCustomer", "ref label"])
        #expect(words(.service) == ["device ofRow"])
    }

    @Test("a device depends on its one parent; of several none is the reason")
    func parents() throws {
        let body = #"""
            [{"device_id": 1, "hostname": "sw1.example.net", "display": "Switch", "dependency_parent_id": "7",
              "dependency_parent_hostname": "core1"},
             {"device_id": 2, "hostname": "sw2", "dependency_parent_id": "7,8"},
             {"device_id": 3, "hostname": "sw3", "dependency_parent_id": null}]
            """#
        let array = try #require(try JSONDocument(body).root.array)
        let table = DeviceRows.table(
            array, backend: BackendID(0), clock: ServerClock(offset: 0, isCertain: true))
        #expect(table.value(0, "parent") == .ref(EntityRef(BackendID(0), .device, id: "7"), name: "core1"))
        #expect(table.value(1, "parent") == .none)
        #expect(table.value(2, "parent") == .none)
        #expect(table.text(0, "hostname") == "sw1.example.net")
        #expect(table.text(0, .name) == "Switch")
    }
}
