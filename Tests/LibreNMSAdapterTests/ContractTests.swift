import AdapterContract
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: what every adapter owes")
struct ContractTests {
    @Test(
        "lists and details of a healthy server are whole, clean and declared",
        arguments: LiveLibreNMS.releases)
    func reading(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            #expect(await contract(live).reading() == [])
        }
    }

    @Test("a server in trouble never looks like one without rows", arguments: LiveLibreNMS.releases)
    func trouble(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            #expect(await contract(live).trouble() == [])
        }
    }

    @Test(
        "commands are made from what was read, outcomes from what is read after",
        arguments: LiveLibreNMS.releases)
    func commanding(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            #expect(await contract(live).commanding() == [])
            #expect(live.commands == [])
        }
    }

    private func contract(_ live: LiveLibreNMS) -> AdapterContract {
        AdapterContract(LiveLibreNMS.descriptor, live.settings, live.transport)
    }
}
