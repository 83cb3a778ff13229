import ArgumentParser
import CLinux
import Domain
import Glibc
import Simulator

/// Runs the simulated servers alone.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the simulated servers of --demo on their own.",
        discussion: """
            Prints a configuration for the servers and runs until interrupted. Faults: \
            \(Fault.forms.joined(separator: ", ")); a fault may end with @ and a path prefix.
            """)

    @Option(help: ArgumentHelp("The first port on 127.0.0.1 (0: any free ones).", valueName: "port"))
    var port: UInt16 = 0
    @Option(help: ArgumentHelp("The random seed.", valueName: "number")) var seed: UInt64 = 1
    @Option(help: ArgumentHelp("The number of ports, up to 1,000,000.", valueName: "ports")) var scale = 3_300
    @Option(
        help: ArgumentHelp(
            "So many LibreNMS of today instead of two of different age that share the network.",
            valueName: "servers"))
    var backends: Int?
    @Flag(help: "The same as --backends 1.") var whole = false
    @Option(
        help: ArgumentHelp(
            "The number of subscriber lines, up to 100,000.",
            valueName: "lines"))
    var lines: Int?
    @Option(help: "A fault of every server; may be repeated.") var fault: [String] = []

    func validate() throws {
        if whole, let backends, backends != 1 {
            throw ValidationError(
                "--whole is --backends 1: leave out one of --whole and --backends \(backends)")
        }
        let size = SimulationSize(scale: scale, backends: backends, lines: lines, firstPort: port)
        if let reason = size.reasonAgainst { throw ValidationError(reason) }
    }

    mutating func run() throws {
        let signals = clinux_signals_open()
        let world = World(
            seed: seed, scale: scale, startingAt: WorldClock.real.now(), withOddities: false,
            extent: Extent(lines: lines ?? World.usualLines(scale: scale)))
        // A server that no backend could be made of would only be in the way.
        let fleet = SimulatedFleet(
            world: world, firstPort: port, backends: whole ? 1 : backends,
            hasSubscribers: lines != nil || AdapterRegistry.descriptor("krill") != nil,
            bonds: AdapterRegistry.descriptor("bonding").map { _ in .v3 })
        var faults: [Fault] = []
        for text in fault {
            do throws(FaultError) {
                faults.append(try Fault(parsing: text))
            } catch {
                throw Failure(.usage, error.description)
            }
        }
        if let error = wait(for: { await Self.start(fleet) }) { throw Failure(.usage, error) }
        for member in fleet.members { member.server.setFaults(faults) }
        Console.print(DemoConfiguration.text(fleet))
        if lines == nil, let bound = World.usualLines(scale: scale) {
            Console.complain("subscriber lines: \(Quantity.count(bound)), the most that are simulated")
        }
        Console.complain("simulating until interrupted")
        var descriptor = signals
        while clinux_signals_next(signals) == 0 { _ = clinux_wait(&descriptor, 1, -1) }
        wait(for: { await fleet.stop() })
    }

    static func start(_ fleet: SimulatedFleet) async -> String? {
        do throws(SimulatorError) {
            try await fleet.start()
            return nil
        } catch {
            return error.description
        }
    }
}

/// A configuration file for simulated servers.
enum DemoConfiguration {
    static func text(_ fleet: SimulatedFleet) -> String {
        fleet.members.map { member in
            let login = member.user.map { "user = \"\($0)\"\npassword" } ?? "token"
            return """
                [[backend]]  # \(member.release)
                name = "\(member.name)"
                kind = "\(member.kind)"
                url = "\(member.url ?? "")"
                \(login) = { command = ["echo", "\(member.token)"] }
                """
        }.joined(separator: "\n\n")
    }
}
