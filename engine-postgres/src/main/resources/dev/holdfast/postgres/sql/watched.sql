SET tcp_keepalives_idle = '30s'; SET tcp_keepalives_interval = '10s'; SET tcp_keepalives_count = 3
