import AdapterKit
import ArgumentParser
import Configuration
import CurlTransport
import DeclaredAdapter
import Domain
import HTTP
import Runtime

/// Checks a file that describes an adapter, alone or against a server.
struct AdapterCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter",
        abstract: "Check a file that describes an adapter, alone or against a server.",
        discussion: """
            Errors have file, line and column. With --against, reads every list once and shows in how many rows each \
            field, and what commands need, was found; changes nothing. Exit status: 0 fine, 1 invalid file, 2 the server \
            failed or a list is incomplete.
            """)

    @Argument(help: "The file, or the name of an adapter: one that ships, or your own.") var file: String
    @Option(help: ArgumentHelp("The address of a server to read.", valueName: "url")) var against: String?
    @Option(help: ArgumentHelp("The user, where the server wants one.", valueName: "user")) var user: String?
    @Option(help: ArgumentHelp("The variable that holds the token or password.", valueName: "name"))
    var secretEnv: String?
    @Option(help: ArgumentHelp("The authority of the server's certificate.", valueName: "file")) var ca:
        String?
    @OptionGroup var options: CheckOptions

    private var timeout: Double { options.timeout ?? 30 }

    mutating func run() throws {
        let named = try Self.named(file)
        let read = AdapterFile(named)
        for complaint in read.complaints { Console.complain(complaint.description) }
        guard let description = read.description else { Console.exit(.usage) }
        let descriptor = Declared.descriptor(description)
        Console.say("\(named.path)\n  \(description.title): " + Self.words(of: description))
        guard let against else { return }
        guard let (origin, path) = Origin.parse(against) else {
            throw Failure(
                .usage, "--against: " + (BackendConfiguration.fault(ofURL: against) ?? "no address"))
        }
        let secret = try Self.secret(secretEnv, user, descriptor)
        var trust = Trust()
        trust.authorityFile = ca
        let endpoint = Endpoint(
            origin: origin, basePath: path.isEmpty ? description.basePath : path, trust: trust)
        let plan = BackendPlan(
            name: description.name, descriptor: descriptor, endpoint: endpoint, user: user,
            secret: Secret(secret),
            mode: .readOnly)
        let network = try Network([plan], isReadOnly: true, log: nil)
        let connection = network.connections[0]
        let survey: Result<Survey, BackendError>? = wait(for: { [timeout] in
            await within(timeout) { () async -> Result<Survey, BackendError> in
                do throws(BackendError) {
                    return .success(try await Declared.survey(of: connection.adapter))
                } catch { return .failure(error) }
            }
        })
        switch survey {
        case nil: throw Failure(.backendFailed, "no answer within \(Quantity.number(timeout)) s")
        case .failure(let error): throw Failure(.backendFailed, error.words)
        case .success(let survey):
            Self.print(survey)
            if survey.resources.contains(where: { $0.error != nil || $0.gap != nil }) {
                Console.exit(.backendFailed)
            }
        }
    }

    /// The token or password; empty where none is wanted.
    private static func secret(
        _ variable: String?, _ user: String?, _ descriptor: AdapterDescriptor
    ) throws -> String {
        guard descriptor.authentication != .none else { return "" }
        guard let variable else {
            throw Failure(
                .usage,
                "\(descriptor.title) wants a login: give --secret-env"
                    + (descriptor.authentication == .password ? " and --user" : ""))
        }
        guard let secret = Setup.environment[variable], !secret.isEmpty else {
            throw Failure(.usage, "--secret-env: the variable \(variable) is not set")
        }
        if descriptor.authentication == .password, user == nil {
            throw Failure(.usage, "\(descriptor.title) wants a user: give --user")
        }
        return secret
    }

    private static func named(_ file: String) throws -> NamedFile {
        if let shipped = AdapterRegistry.library.files.first(where: { $0.name == file }) { return shipped }
        do throws(Complaint) {
            return try NamedFile(at: file)
        } catch {
            throw Failure(.usage, error.description)
        }
    }

    private static func words(of description: Description) -> String {
        let lists = description.resources.map(\.descriptor.plural).joined(separator: ", ")
        let commands = Set(description.commands.map(\.descriptor.kind.rawValue)).sorted().joined(
            separator: ", ")
        let reads = description.reads.map { "\n  reads \($0.method.rawValue) \($0.template)" }.joined()
        let sends = description.commands.flatMap(\.declarations).map {
            "\($0.method.rawValue) \($0.template)"
        }
        let sent = Set(sends).sorted().map { "\n  sends \($0)" }.joined()
        return "lists \(lists)" + (commands.isEmpty ? "; no commands" : "; commands \(commands)") + reads
            + sent
    }

    private static func print(_ survey: Survey) {
        Console.say(survey.product)
        for resource in survey.resources {
            if let error = resource.error {
                Console.say("\(resource.plural)\n  FAILED   \(error)")
                continue
            }
            Console.say(
                "\(resource.plural): \(Quantity.count(resource.kept)) of \(Quantity.count(resource.rows)) rows"
            )
            for field in resource.fields {
                let verdict =
                    field.foreign > 0 ? "warning" : field.found > 0 ? "ok     " : "nothing"
                var words = "found in \(Quantity.count(field.found))"
                if field.absent > 0 { words += ", nothing in \(Quantity.count(field.absent))" }
                if field.foreign > 0 { words += ", something else in \(Quantity.count(field.foreign))" }
                Console.say("  \(verdict)  \(field.key): \(words)")
            }
            for command in resource.commands where resource.kept > 0 {
                let verdict = command.found == 0 ? "warning" : "ok     "
                Console.say("  \(verdict)  \(command.words): found in \(Quantity.count(command.found))")
            }
            if let gap = resource.gap { Console.say("  partial  \(gap)") }
        }
    }
}
