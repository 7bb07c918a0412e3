"""The register: sources, sites, records and the persons concluded from them."""
