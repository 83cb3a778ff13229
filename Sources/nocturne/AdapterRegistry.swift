import AdapterKit
import BondingAdapter
import Configuration
import KrillAdapter
import LibreNMSAdapter
import Presets

/// Every kind of adapter that this program has: a new one in Swift is a line here, any other is a file.
enum AdapterRegistry {
    /// Those that are written in Swift.
    static let native: [AdapterDescriptor] = [LibreNMS.descriptor, Krill.descriptor, Bonding.descriptor]

    /// Those that are files, as they were when the process began.
    static let library = AdapterLibrary.current(Directories(environment: Setup.environment))

    /// All of them.
    static let all: [AdapterDescriptor] = native + library.descriptors

    /// The adapter of a kind, and of a file where the kind has several.
    static func descriptor(_ kind: String, _ file: String? = nil) -> AdapterDescriptor? {
        all.first { $0.kind == kind && $0.file == file }
    }
}

extension Presets {
    /// The adapters that ship, as files.
    static var adapterFiles: [NamedFile] {
        adapters.map { NamedFile(name: $0.name, path: "adapters/\($0.name).toml (shipped)", bytes: $0.bytes) }
    }
}

extension AdapterLibrary {
    /// The adapters that ship and the operator's, as their files are now.
    static func current(_ directories: Directories) -> AdapterLibrary {
        AdapterLibrary(shipped: Presets.adapterFiles, directory: directories.configuration + "/adapters")
    }
}
