"""The search engine on Elasticsearch 9, for sites that run one."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
