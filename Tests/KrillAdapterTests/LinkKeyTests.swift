import Domain
import Testing

@testable import KrillAdapter

@Suite("Krill: what rows are linked by")
struct LinkKeyTests {
    /// The fields of a resource that link, and those whose references depend.
    private func words(_ resource: ResourceDescriptor) -> Set<String> {
        let keys = resource.fields.compactMap { field in field.links.map { "\(field.key) \($0)" } }
        return Set(
            keys + resource.fields.compactMap { field in field.dependence.map { "\(field.key) \($0)" } })
    }

    @Test("equipment, customers and the plant say by what other servers know them")
    func fields() {
        #expect(words(.device) == ["name hostName", "ip address"])
        #expect(
            words(.cpe) == [
                "customer ofReferred", "pon ofRow", "olt ofRow", "external_id circuit", "serial serial",
                "mac mac",
                "host_name hostName",
            ])
        #expect(words(.customer) == ["external_id customer"])
        #expect(words(.pon) == ["device ofRow"])
        #expect(words(.onu) == ["device ofRow", "cpe ofReferred", "pon ofRow"])
        #expect(words(.session) == ["cpe ofRow", "session_address address"])
        #expect(words(.pots) == ["cpe ofRow"])
    }
}
