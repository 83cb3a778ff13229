import AdapterKit
import BondingAdapter
import KrillAdapter
import LibreNMSAdapter

/// Every kind of adapter that this program has: a new one is a line here.
enum AdapterRegistry {
    static let all: [AdapterDescriptor] = [LibreNMS.descriptor, Krill.descriptor, Bonding.descriptor]

    static func descriptor(_ kind: String) -> AdapterDescriptor? { all.first { $0.kind == kind } }
}
