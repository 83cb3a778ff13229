import Domain
import JSON
import Testing

@testable import BondingAdapter

@Suite("Bonding: what rows are linked by")
struct LinkKeyTests {
    /// The fields of a resource that link, and those whose references depend.
    private func words(_ resource: ResourceDescriptor) -> Set<String> {
        let keys = resource.fields.compactMap { field in field.links.map { "\(field.key) \($0)" } }
        return Set(
            keys + resource.fields.compactMap { field in field.dependence.map { "\(field.key) \($0)" } })
    }

    @Test("bonds, legs, nodes and spaces say by what other servers know them")
    func fields() {
        #expect(
            words(.bond) == [
                "customer ofReferred", "aggregator ofRow", "bonder ofRow", "circuit_id circuit", "note label",
            ])
        #expect(
            words(.leg) == [
                "device ofReferred", "alias label", "address address", "circuit_id circuit", "mac mac",
            ])
        #expect(words(.aggregator) == ["name hostName", "ip address"])
        #expect(words(.bonder) == ["name hostName", "ip address", "bond ofReferred", "serial serial"])
        #expect(words(.space) == ["external_id customer"])
    }

    @Test("a leg keeps the circuit and the MAC that a fuller answer gave")
    func legs() throws {
        let full = try JSONDocument(
            #"{"id": 3, "state": "up", "circuit_id": "CCT-3001", "mac_address": "00:1b:21:aa:bb:c1"}"#)
        let less = try JSONDocument(#"{"id": 3, "state": "down"}"#)
        let known = try #require(WireLeg(full.root, bond: "1"))
        var leg = try #require(WireLeg(less.root, bond: "1"))
        leg.complete(from: known)
        #expect(leg.circuitID == "CCT-3001")
        #expect(leg.mac == "00:1b:21:aa:bb:c1")
    }
}
