import AdapterKit
import CurlTransport
import Domain
import Glibc
import HTTP
import LibreNMSAdapter
import Team

// One process of a team that refreshes a list once, and is killed while it fetches: TeamFetcher STORE SERVER TOKEN.
// Or one that delivers a log until it is killed: TeamFetcher deliver STORE LOG STATE.
if CommandLine.arguments.count == 5, CommandLine.arguments[1] == "deliver" {
    let ledger = TeamLedger(
        TeamSettings(url: CommandLine.arguments[2]),
        member: TeamMember(name: "ana@noc1", version: "0", servers: []),
        place: LedgerPlace(
            log: CommandLine.arguments[3], state: CommandLine.arguments[4], user: "ana", host: "noc1",
            servers: ["bonds": "bonding https://bonds.example.net:443/api"]))
    ledger.start()
    while true { pause() }
}
guard CommandLine.arguments.count == 4, let place = Origin.parse(CommandLine.arguments[2]) else { exit(1) }
let token = Secret(CommandLine.arguments[3])
let endpoint = Endpoint(origin: place.origin, basePath: LibreNMS.descriptor.basePath, proxy: "")
let account = TeamAccount(user: nil, token: token)
let store = TeamStore(
    TeamSettings(url: CommandLine.arguments[1]),
    member: TeamMember(name: "fetcher@loopback", version: "0", servers: ["core"]), accounts: [account]
) { _ in }
store.start()
let curl = try CurlNetwork(version: "0", log: nil)
let backend = curl.backend("core", at: endpoint, headers: [])
let reads = SharedReads(
    backend.reader(declaring: LibreNMS.descriptor.reads), store, backend: 0, endpoint: endpoint,
    descriptor: LibreNMS.descriptor, account: account, secrets: [token])
let adapter = LibreNMS.descriptor.make(
    BackendSettings(id: BackendID(0), name: "core", endpoint: endpoint, secret: token) {
        Timestamp(Int64(time(nil)))
    }, reads)
_ = try await adapter.check()
guard let devices = adapter.resources.first(where: { $0.kind == .device }) else { exit(1) }
let snapshot = Snapshot(from: .empty(devices, BackendID(0)))
try await Sharing.$current.withValue(Sharing(list: "device", interval: 60)) {
    _ = try await adapter.refresh(Query(.device), into: snapshot)
}
