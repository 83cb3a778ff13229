import AdapterKit
import ArgumentParser
import Configuration
import Domain
import Foundation
import Runtime
import Testing

@testable import BondingAdapter
@testable import KrillAdapter
@testable import Simulator
@testable import nocturne

/// `browse` as the command line has it, on a server of bonds and one of lines, without the process around it.
struct BrowseLine {
    let line: Line
    let bonds: SimulatedServer
    let access: SimulatedServer

    /// The requests that are no reads, on both servers.
    var commands: [Arrival] { (bonds.arrivals() + access.arrivals()).filter(\.isCommand) }

    /// Runs one command line.
    func run(_ words: String...) async -> Line.Ending { await run(words: words) }

    /// Runs one command line.
    func run(words: [String]) async -> Line.Ending {
        var output: [UInt8] = []
        var complaint = ""
        do {
            guard let command = try Nocturne.parseAsRoot(["browse"] + words) as? BrowseCommand,
                case (let backend, let path?) = try command.words
            else { return Line.Ending(code: .usage, output: "", complaint: "no command line") }
            let connections = line.network.connections.filter {
                backend == nil || $0.settings.name == backend
            }
            let spot = try BrowseSpot.find(path, among: connections)
            if command.changes.isChange { return try await change(command, spot) }
            let reader = BrowseReader(spot: spot, patience: Patience(total: command.timeout))
            let printing = BrowsePrinting(
                wish: command.wish, network: line.network, write: { output += $0 },
                complain: { complaint += $0 + "\n" })
            if command.curl {
                try printing.printCurl(spot)
                return Line.Ending(
                    code: .fine, output: String(decoding: output, as: UTF8.self), complaint: "")
            }
            let code =
                command.output == .raw
                ? try printing.print(await reader.raw(), of: spot)
                : try printing.print(await reader.read(all: command.all), of: spot)
            return Line.Ending(
                code: code, output: String(decoding: output, as: UTF8.self), complaint: complaint)
        } catch let failure as nocturne.Failure {
            return Line.Ending(code: failure.code, output: "", complaint: failure.words)
        } catch {
            return Line.Ending(code: .usage, output: "", complaint: Nocturne.fullMessage(for: error))
        }
    }

    private func change(_ command: BrowseCommand, _ spot: BrowseSpot) async throws -> Line.Ending {
        let change = try command.changes.change(at: spot)
        let acting = Acting(
            network: line.network,
            executor: CommandExecutor(
                connections: line.network.connections, audit: line.audit, clock: line.clock
            ) { _, _, _ in },
            secrets: SecretResolver(environment: ["APN_PASSWORD": "s3cret-apn-new"], withheld: []))
        let result = await acting.report(
            Acting.Order(change.kind, command.confirmation), timeout: 60,
            command.output == .json ? .json : .text
        ) { try await acting.prepare(change, at: spot) }
        let report = try result.get()
        return Line.Ending(code: report.code, output: report.output, complaint: report.complaint ?? "")
    }
}

/// Runs a story on a command line that browses, and ends its servers afterwards.
func withBrowse(isReadOnly: Bool = false, _ story: (BrowseLine) async throws -> Void) async throws {
    let world = World(scale: 600, withOddities: false)
    let bonds = SimulatedServer(api: .bonding(.v3), world: world, tokens: Provider.tokens)
    let access = SimulatedServer(api: .krill(.v2), world: world, tokens: Provider.tokens)
    try await bonds.start()
    try await access.start()
    var first = BackendPlan("bonds", at: bonds.url ?? "", Bonding.descriptor)
    first.user = BondingAccount.administrator.user
    first.secret = Secret(BondingAccount.administrator.password(Provider.tokens))
    var second = BackendPlan("access", at: access.url ?? "", Krill.descriptor)
    second.user = KrillAccount.administrator.user
    let result: Result<Void, any Error>
    do {
        try await withLine([first, second], isReadOnly: isReadOnly, at: Timestamp(Int64(world.now))) {
            try await story(BrowseLine(line: $0, bonds: bonds, access: access))
        }
        result = .success(())
    } catch { result = .failure(error) }
    await bonds.stop()
    await access.stop()
    try result.get()
}
